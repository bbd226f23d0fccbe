namespace Microsoft.ML.Transforms.Text;

/// <summary>Counts the known n-grams of one row after the other.</summary>
internal sealed class NgramCounter(NgramTrie trie, int ngramLength, int skipLength) : NgramWalker(trie, ngramLength, skipLength)
{
    private readonly float[] _counts = new float[trie.Count];
    private readonly List<int> _met = [];

    /// <summary>Writes the row's counts, each turned into a weight by <paramref name="weigh"/> if there is one.</summary>
    public void Count(in VBuffer<uint> keys, ulong keyCount, Func<int, float, float> weigh, ref VBuffer<float> result)
    {
        Walk(keys, keyCount);
        _met.Sort();
        var dense = _met.Count >= _counts.Length / 2;
        var editor = VBufferEditor.Create(ref result, _counts.Length, dense ? _counts.Length : _met.Count);
        if (dense)
            editor.Values.Clear();
        for (var i = 0; i < _met.Count; i++)
        {
            var slot = _met[i];
            editor.Values[dense ? slot : i] = weigh is null ? _counts[slot] : weigh(slot, _counts[slot]);
            if (!dense)
                editor.Indices[i] = slot;
            _counts[slot] = 0;
        }
        _met.Clear();
        result = editor.Commit();
    }

    protected override int Step(int node, uint term, int length) => Trie.Step(node, term);

    protected override bool Visit(int node, int length)
    {
        var slot = Trie.Slot(node);
        if (slot != NgramTrie.None && _counts[slot]++ == 0)
            _met.Add(slot);
        return true;
    }
}
