namespace MLNet.Transformers;

/// <summary>What an image's features are made of.</summary>
public enum ImageFeatures
{
    /// <summary>The state of the class token.</summary>
    ClassToken,

    /// <summary>The mean of the patches' states.</summary>
    Mean,

    /// <summary>The class token's state, and beside it the mean of the patches' states; twice as wide.</summary>
    ClassAndMean,

    /// <summary>The state of each patch, row by row: (patches × hidden).</summary>
    PatchTokens,

    /// <summary>Where the image lies in the space that it shares with texts, in models that have one.</summary>
    Projection,
}
