using static MLNet.Transformers.Tokenizers.UnigramTrie;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Lays out a <see cref="UnigramTrie"/>, the children of each node in the first place found where they all fit.</summary>
/// <param name="keys">The pieces in ordinal order.</param>
/// <param name="codes">The numbers of the units that occur in pieces, from 1.</param>
internal sealed class UnigramTrieBuilder(KeyValuePair<string, int>[] keys, ushort[] codes)
{
    private readonly int _codeCount = codes.Length == 0 ? 0 : codes.Max();
    private readonly List<Branch> _branches = [];
    private readonly Stack<Subtrie> _open = [];
    private readonly FreePlaces _free = new();
    private Node[] _nodes = [];

    /// <summary>The nodes, with room behind the last for a step along any unit.</summary>
    public Node[] Build()
    {
        Grow(2 * (keys.Length + _codeCount) + 2);
        _nodes[Root] = Node.Free with { Parent = Root };
        _open.Push(new Subtrie(Root, 0, keys.Length, 0));
        while (_open.TryPop(out Subtrie subtrie))
        {
            Place(subtrie);
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
            int child = @base + branch.Code;
            _free.Take(child);
            _nodes[child] = Node.Free with { Parent = subtrie.Node };
            _open.Push(new Subtrie(child, branch.Begin, branch.End, subtrie.Depth + 1));
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
        int place;
        while ((place = _free.Find(candidate => Fits(candidate - first))) < 0)
        {
            Grow(2 * _nodes.Length);
        }
        return place - first;
    }

    private bool Fits(int @base)
    {
        if (@base < 0 || @base + _codeCount >= _nodes.Length)
        {
            return false;
        }
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
        Array.Resize(ref _nodes, length);
        Array.Fill(_nodes, Node.Free, old, length - old);
        _free.Grow(length);
    }

    private readonly record struct Subtrie(int Node, int Begin, int End, int Depth);

    private readonly record struct Branch(ushort Code, int Begin, int End);
}
