using static MLNet.Transformers.Tokenizers.UnigramTrie;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Lays out a <see cref="UnigramTrie"/>, each node's children in the first place where they all fit.</summary>
internal sealed class UnigramTrieBuilder(KeyValuePair<string, int>[] keys, ushort[] codes)
{
    private readonly int _codeCount = codes.Length == 0 ? 0 : codes.Max();
    private readonly List<Branch> _branches = [];
    private Node[] _nodes = [];
    private bool[] _baseTaken = [];
    private int _firstFree;

    /// <summary>The nodes, with room behind the last for a step along any unit.</summary>
    public Node[] Build()
    {
        Grow(2 * (keys.Length + _codeCount) + 2);
        _nodes[Root] = Node.Free with { Parent = Root };
        _firstFree = Root + 1;
        Stack<Subtrie> open = new([new Subtrie(Root, 0, keys.Length, 0)]);
        while (open.TryPop(out Subtrie subtrie))
        {
            Place(subtrie);
            foreach (Branch branch in _branches)
            {
                int child = _nodes[subtrie.Node].Base + branch.Code;
                open.Push(new Subtrie(child, branch.Begin, branch.End, subtrie.Depth + 1));
            }
        }
        int last = Array.FindLastIndex(_nodes, node => node.Parent != Nowhere);
        Array.Resize(ref _nodes, last + _codeCount + 2);
        return _nodes;
    }

    private void Place(Subtrie subtrie)
    {
        CollectBranches(subtrie, out int piece);
        int @base = _branches.Count == 0 ? 0 : FindBase();
        _nodes[subtrie.Node] = _nodes[subtrie.Node] with { Base = @base, Piece = piece };
        foreach (Branch branch in _branches)
        {
            _nodes[@base + branch.Code] = Node.Free with { Parent = subtrie.Node };
        }
    }

    private void CollectBranches(Subtrie subtrie, out int piece)
    {
        (_, int begin, int end, int depth) = subtrie;
        _branches.Clear();
        piece = Nowhere;
        for (; begin < end && keys[begin].Key.Length == depth; begin++)
        {
            piece = keys[begin].Value;
        }
        while (begin < end)
        {
            char unit = keys[begin].Key[depth];
            int next = begin + 1;
            while (next < end && keys[next].Key[depth] == unit)
            {
                next++;
            }
            _branches.Add(new Branch(codes[unit], begin, next));
            begin = next;
        }
    }

    private int FindBase()
    {
        int first = _branches[0].Code;
        int probes = 0;
        for (int place = Math.Max(_firstFree, first); ; place++)
        {
            Grow(place + _codeCount + 2);
            if (_nodes[place].Parent != Nowhere)
            {
                continue;
            }
            // A stretch that has turned away many nodes is nearly full: later ones start behind it.
            if (++probes > MaximumProbes)
            {
                _firstFree = place;
                probes = 0;
            }
            int @base = place - first;
            if (!_baseTaken[@base] && Fits(@base))
            {
                _baseTaken[@base] = true;
                return @base;
            }
        }
    }

    private const int MaximumProbes = 256;

    private bool Fits(int @base)
    {
        foreach (Branch branch in _branches)
        {
            if (_nodes[@base + branch.Code].Parent != Nowhere)
            {
                return false;
            }
        }
        return true;
    }

    private void Grow(int length)
    {
        int old = _nodes.Length;
        if (length > old)
        {
            Array.Resize(ref _nodes, Math.Max(length, 2 * old));
            Array.Resize(ref _baseTaken, _nodes.Length);
            Array.Fill(_nodes, Node.Free, old, _nodes.Length - old);
        }
    }

    private readonly record struct Subtrie(int Node, int Begin, int End, int Depth);

    private readonly record struct Branch(ushort Code, int Begin, int End);
}
