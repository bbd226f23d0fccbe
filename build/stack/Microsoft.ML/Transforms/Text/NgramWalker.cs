namespace Microsoft.ML.Transforms.Text;

/// <summary>Visits every n-gram of a sequence of keys in order: from each start the shorter before the longer, the closer before the farther.</summary>
internal abstract class NgramWalker(NgramTrie trie, int ngramLength, int skipLength)
{
    private uint[] _terms = [];

    protected NgramTrie Trie { get; } = trie;

    /// <summary>Visits the n-grams of a row; keys above <paramref name="keyCount"/> count as missing.</summary>
    public void Walk(in VBuffer<uint> keys, ulong keyCount)
    {
        if (_terms.Length < keys.Length)
            _terms = new uint[keys.Length];
        keys.CopyTo(_terms);
        foreach (ref var term in _terms.AsSpan(0, keys.Length))
            term = term > keyCount ? 0 : term;

        for (var start = 0; start < keys.Length; start++)
        {
            var node = Step(NgramTrie.Root, _terms[start], 1);
            if (node == NgramTrie.None)
                continue;
            if (!Visit(node, 1))
                return;
            if (ngramLength > 1 && !Extend(node, start, length: 1, skips: 0, keys.Length))
                return;
        }
    }

    /// <summary>The node of the n-gram of that length, one term further; <see cref="NgramTrie.None"/> leaves out what extends it.</summary>
    protected abstract int Step(int node, uint term, int length);

    /// <summary>Meets an n-gram.</summary>
    /// <returns>False to end the walk.</returns>
    protected abstract bool Visit(int node, int length);

    private bool Extend(int node, int start, int length, int skips, int end)
    {
        for (var skipped = skips; skipped <= skipLength && start + length + skipped < end; skipped++)
        {
            var next = Step(node, _terms[start + length + skipped], length + 1);
            if (next == NgramTrie.None)
                continue;
            if (!Visit(next, length + 1))
                return false;
            if (length + 1 < ngramLength && !Extend(next, start, length + 1, skipped, end))
                return false;
        }
        return true;
    }
}
