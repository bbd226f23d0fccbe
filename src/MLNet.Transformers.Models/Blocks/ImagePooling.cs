namespace MLNet.Transformers.Models;

/// <summary>How the tokens of an image become one vector.</summary>
public enum ImagePooling
{
    /// <summary>The state of the first token.</summary>
    ClassToken,

    /// <summary>The mean of the patches' states.</summary>
    Mean,

    /// <summary>The first token's state, and beside it the mean of the patches' states; twice as wide.</summary>
    ClassAndMean,
}
