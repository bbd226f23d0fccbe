namespace MLNet.Transformers;

/// <summary>Which part of the attention a still picture shows; everything is counted from 0.</summary>
public sealed record AttentionView
{
    /// <summary>The layer; null for the mean of all.</summary>
    public int? Layer { get; init; }

    /// <summary>The head; null for the mean of all.</summary>
    public int? Head { get; init; }

    /// <summary>The token that looks; null for the class token of an image where it has one, and otherwise for the mean of all.</summary>
    public int? Query { get; init; }
}
