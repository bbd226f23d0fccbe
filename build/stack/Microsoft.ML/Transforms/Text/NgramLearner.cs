namespace Microsoft.ML.Transforms.Text;

/// <summary>Gives slots to the n-grams of the training data in the order of their first occurrence, as many of each length as allowed.</summary>
internal sealed class NgramLearner : NgramWalker
{
    private readonly int[] _room;
    private readonly bool _countsDocuments;
    private readonly List<long> _documents = [];
    private readonly List<long> _lastSeen = [];
    private long _document;
    private int _longestWithRoom;

    public NgramLearner(NgramColumn column)
        : base(new NgramTrie(), column.NgramLength, column.SkipLength)
    {
        _room = [.. column.MaximumNgramsCounts];
        _longestWithRoom = LongestWithRoom();
        _countsDocuments = column.NeedsDocumentFrequencies;
    }

    public NgramTrie Learned => Trie;

    /// <summary>Whether further data would change nothing.</summary>
    public bool IsFull => !_countsDocuments && _longestWithRoom == 0;

    public void Learn(in VBuffer<uint> keys, ulong keyCount)
    {
        _document++;
        if (!IsFull)
            Walk(keys, keyCount);
    }

    /// <summary>For each slot the logarithm of all documents over those with the n-gram.</summary>
    public double[] InverseDocumentFrequencies() => [.. _documents.Select(count => Math.Log((double)_document / count))];

    protected override int Step(int node, uint term, int length) =>
        length <= _longestWithRoom ? Trie.StepOrAdd(node, term) : Trie.Step(node, term);

    protected override bool Visit(int node, int length)
    {
        var slot = Trie.Slot(node);
        if (slot == NgramTrie.None && _room[length - 1] > 0)
        {
            slot = Trie.AddSlot(node);
            if (--_room[length - 1] == 0)
                _longestWithRoom = LongestWithRoom();
            _documents.Add(0);
            _lastSeen.Add(0);
        }
        if (slot != NgramTrie.None && _lastSeen[slot] != _document)
        {
            _lastSeen[slot] = _document;
            _documents[slot]++;
        }
        return !IsFull;
    }

    private int LongestWithRoom() => Array.FindLastIndex(_room, left => left > 0) + 1;
}
