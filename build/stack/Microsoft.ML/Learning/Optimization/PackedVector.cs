namespace Microsoft.ML.Trainers;

/// <summary>A vector kept as its elements that are not zero, where those are few.</summary>
internal sealed class PackedVector
{
    private readonly int[] _indices;
    private readonly float[] _values;

    private PackedVector(int[] indices, float[] values) => (_indices, _values) = (indices, values);

    public static PackedVector Pack(float[] vector)
    {
        var count = vector.Length - vector.AsSpan().Count(0f);
        if (count > vector.Length / 4)
            return new PackedVector(null, [.. vector]);
        var (indices, values) = (new int[count], new float[count]);
        for (int i = 0, next = 0; next < count; i++)
            if (vector[i] != 0)
                (indices[next], values[next++]) = (i, vector[i]);
        return new PackedVector(indices, values);
    }

    public double Dot(float[] other, ParallelVectors vectors) => Dots([other], vectors)[0];

    /// <summary>The inner products with other vectors, in one pass over this one.</summary>
    public double[] Dots(IReadOnlyList<float[]> others, ParallelVectors vectors) =>
        vectors.Sums(_values.Length, others.Count, (start, end, sums) =>
        {
            for (var k = 0; k < sums.Length; k++)
                sums[k] = _indices is null
                    ? ParallelVectors.Dot(_values.AsSpan(start..end), others[k].AsSpan(start..end))
                    : DotPacked(others[k], start, end);
        });

    /// <summary>Adds <paramref name="factor"/> times this to <paramref name="target"/>.</summary>
    public void AddTo(float[] target, float factor, ParallelVectors vectors) =>
        vectors.ForEachBlock(_values.Length, (start, end) =>
        {
            if (_indices is null)
                ParallelVectors.AddScaled(_values.AsSpan(start..end), factor, target.AsSpan(start..end));
            else
                for (var i = start; i < end; i++)
                    target[_indices[i]] += factor * _values[i];
        });

    private double DotPacked(float[] other, int start, int end)
    {
        double sum = 0;
        for (var i = start; i < end; i++)
            sum += _values[i] * other[_indices[i]];
        return sum;
    }
}
