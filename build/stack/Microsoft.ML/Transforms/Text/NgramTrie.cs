using System.Runtime.InteropServices;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Sequences of terms as paths from a root: one step a term, a slot where a sequence that counts ends.</summary>
internal sealed class NgramTrie
{
    public const int Root = 0;
    public const int None = -1;

    private readonly Dictionary<ulong, int> _steps = [];
    private readonly List<int> _slotOfNode = [None];

    // Where each slot's sequence ends, and for each node the step that leads to it.
    private readonly List<int> _nodeOfSlot = [];
    private readonly List<(int Parent, uint Term)> _stepTo = [(None, 0)];

    /// <summary>The number of slots.</summary>
    public int Count => _nodeOfSlot.Count;

    /// <summary>The node one term further, or <see cref="None"/>.</summary>
    public int Step(int node, uint term) => _steps.TryGetValue(Key(node, term), out var next) ? next : None;

    /// <summary>The node one term further, made if it was not there.</summary>
    public int StepOrAdd(int node, uint term)
    {
        ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(_steps, Key(node, term), out var exists);
        if (!exists)
        {
            next = _slotOfNode.Count;
            _slotOfNode.Add(None);
            _stepTo.Add((node, term));
        }
        return next;
    }

    /// <summary>The slot of the sequence that ends at a node, or <see cref="None"/>.</summary>
    public int Slot(int node) => _slotOfNode[node];

    /// <summary>Gives the sequence that ends at a node the next slot.</summary>
    public int AddSlot(int node)
    {
        _nodeOfSlot.Add(node);
        return _slotOfNode[node] = _nodeOfSlot.Count - 1;
    }

    /// <summary>The terms of a slot's sequence.</summary>
    public uint[] Terms(int slot)
    {
        var terms = new Stack<uint>();
        for (var node = _nodeOfSlot[slot]; node != Root; node = _stepTo[node].Parent)
            terms.Push(_stepTo[node].Term);
        return [.. terms];
    }

    public static NgramTrie Load(BinaryReader reader)
    {
        var trie = new NgramTrie();
        for (var slots = reader.ReadInt32(); slots > 0; slots--)
        {
            var node = Root;
            for (var length = reader.ReadByte(); length > 0; length--)
                node = trie.StepOrAdd(node, reader.ReadUInt32());
            trie.AddSlot(node);
        }
        return trie;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        for (var slot = 0; slot < Count; slot++)
        {
            var terms = Terms(slot);
            writer.Write((byte)terms.Length);
            foreach (var term in terms)
                writer.Write(term);
        }
    }

    // One of its kind for each pair, and spread over all bits: a long's hash is no more than its halves against each other.
    private static ulong Key(int node, uint term) => (((ulong)(uint)node << 32) | term) * 0x9E3779B97F4A7C15;
}
