namespace Microsoft.ML.Trainers;

/// <summary>The values of a vector that are not zero, and where they stand.</summary>
internal readonly ref struct SparseVector(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
{
    public readonly ReadOnlySpan<int> Indices = indices;
    public readonly ReadOnlySpan<float> Values = values;
}
