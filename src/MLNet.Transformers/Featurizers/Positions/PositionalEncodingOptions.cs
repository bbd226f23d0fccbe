using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="PositionalEncodingEstimator"/>.</summary>
public sealed record PositionalEncodingOptions
{
    /// <summary>The name of the output, as many numbers as the input has.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>Vectors of one sequence one after another, (length × size) numbers; null for a column of the output's name.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>Width of the vector of one position.</summary>
    public required int Size { get; init; }

    /// <summary>How positions are told.</summary>
    public PositionalEncodingKind Kind { get; init; }

    /// <summary>Which columns go together as sine and cosine, or are turned together.</summary>
    public SinusoidalLayout Layout { get; init; }

    /// <summary>The greatest number of positions. Null: that of <see cref="Table"/>, else that of a column of a known size, otherwise 512.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The learned vectors, position by position; null for random ones, or for those of <see cref="TableFile"/>.</summary>
    public IReadOnlyList<float>? Table { get; init; }

    /// <summary>A safetensors file with the learned vectors, (positions, size); null for random ones, or for <see cref="Table"/>.</summary>
    public string? TableFile { get; init; }

    /// <summary>The name of the tensor in <see cref="TableFile"/>, such as <c>embeddings.position_embeddings.weight</c>.</summary>
    public string? TableName { get; init; }

    /// <summary>Decides random vectors, whose deviation is 0.02; null to take it from the context's seed.</summary>
    public int? Seed { get; init; }

    internal InputColumn Input => new(InputColumnName ?? OutputColumnName, ColumnShape.SingleVector) { MayVary = true };

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 1, 1, nameof(MaxLength));
        if (Size % 2 != 0 && Kind is PositionalEncodingKind.Sinusoidal or PositionalEncodingKind.Rotary)
            throw new ArgumentException($"The kind {Kind} needs an even {nameof(Size)}, not {Size}.");
        if ((Table ?? (object?)TableFile) is not null && Kind != PositionalEncodingKind.Learned)
            throw new ArgumentException($"A table goes with the kind {PositionalEncodingKind.Learned} alone, not with {Kind}.");
        if (Table is not null && TableFile is not null)
            throw new ArgumentException($"{nameof(Table)} and {nameof(TableFile)} cannot both be set.");
        if (TableFile is null != TableName is null)
            throw new ArgumentException($"{nameof(TableFile)} and {nameof(TableName)} go together.");
        if (Table is not null && (Table.Count == 0 || Table.Count % Size != 0))
            throw new ArgumentException($"{nameof(Table)} has {Table.Count} numbers, which do not divide into vectors of {Size}.");
    }
}
