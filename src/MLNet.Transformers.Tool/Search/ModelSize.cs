namespace MLNet.Transformers.Tool.Search;

/// <summary>How large a model from scratch is; what that means is the scenario's.</summary>
internal enum ModelSize
{
    /// <summary>The smallest that learns anything.</summary>
    Tiny,

    /// <summary>A model for minutes on two cores.</summary>
    Small,

    /// <summary>A model for some ten minutes on two cores.</summary>
    Medium,

    /// <summary>A model for hours on two cores, or for a GPU.</summary>
    Large,
}
