namespace Microsoft.ML.Transforms;

/// <summary>Counts slots of a long vector, few of which are met.</summary>
internal sealed class SparseCounts
{
    private readonly SortedDictionary<int, float> _counts = [];

    public void Clear() => _counts.Clear();

    public void Add(int slot) => _counts[slot] = _counts.GetValueOrDefault(slot) + 1;

    public void CopyTo(ref VBuffer<float> vector, int length)
    {
        var dense = _counts.Count >= length / 2;
        var editor = VBufferEditor.Create(ref vector, length, dense ? length : _counts.Count);
        if (dense)
            editor.Values.Clear();
        var i = 0;
        foreach (var (slot, count) in _counts)
        {
            if (!dense)
                editor.Indices[i] = slot;
            editor.Values[dense ? slot : i++] = count;
        }
        vector = editor.Commit();
    }
}
