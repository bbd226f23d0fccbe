namespace Microsoft.ML.Trainers;

/// <summary>Training values by feature: feature f's are those from <c>starts[f]</c> up to <c>starts[f + 1]</c>.</summary>
internal sealed class FeatureColumns(int[] starts, int[] rows, float[] values)
{
    private const int WorkPerPart = 1 << 14;

    public SparseVector Column(int feature)
    {
        var range = starts[feature]..starts[feature + 1];
        return new(rows.AsSpan(range), values.AsSpan(range));
    }

    /// <summary>Ranges of features of about equal work.</summary>
    public IEnumerable<(int Start, int End)> Parts()
    {
        var features = starts.Length - 1;
        for (int start = 0, end = 0; start < features; start = end)
        {
            while (end < features && starts[end] - starts[start] + end - start < WorkPerPart)
                end++;
            yield return (start, end);
        }
    }
}
