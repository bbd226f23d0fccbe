namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Finds the pieces of a vocabulary that start at a position of a text: a double-array trie over UTF-16 units, numbered so
/// that only units which occur in pieces take up room. Follows
/// <see href="https://doi.org/10.1109/32.31365">Aoe, 1989</see>.
/// </summary>
internal sealed class UnigramTrie
{
    /// <summary>The node every search starts from.</summary>
    public const int Root = 0;

    /// <summary>What <see cref="Step"/> gives where no piece goes on.</summary>
    public const int Nowhere = -1;

    private readonly ushort[] _codes;
    private readonly Node[] _nodes;

    /// <summary>Builds the trie of <paramref name="pieces"/>, each with its number; empty and repeated ones are left out.</summary>
    public UnigramTrie(IEnumerable<KeyValuePair<string, int>> pieces)
    {
        var keys = pieces.Where(piece => piece.Key.Length > 0).ToArray();
        Array.Sort(keys, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        _codes = NumberUnits(keys);
        _nodes = new UnigramTrieBuilder(keys, _codes).Build();
    }

    /// <summary>Goes from <paramref name="node"/> along <paramref name="unit"/>; <see cref="Nowhere"/> where no piece does.</summary>
    public int Step(int node, char unit)
    {
        ushort[] codes = _codes;
        int code = unit < codes.Length ? codes[unit] : 0;
        if (code == 0)
        {
            return Nowhere;
        }
        int next = _nodes[node].Base + code;
        return _nodes[next].Parent == node ? next : Nowhere;
    }

    /// <summary>The number of the piece that ends at <paramref name="node"/>, negative if none does.</summary>
    public int Piece(int node) => _nodes[node].Piece;

    private static ushort[] NumberUnits(KeyValuePair<string, int>[] keys)
    {
        ushort[] codes = new ushort[keys.Length == 0 ? 0 : 1 + keys.Max(key => key.Key.Max())];
        foreach ((string piece, _) in keys)
        {
            foreach (char unit in piece)
            {
                codes[unit] = 1;
            }
        }
        ushort count = 0;
        for (int unit = 0; unit < codes.Length; unit++)
        {
            codes[unit] = codes[unit] == 0 ? (ushort)0 : ++count;
        }
        return codes;
    }

    /// <summary>A node's children lie at its base plus their unit's number, and name it as their parent.</summary>
    internal record struct Node(int Base, int Parent, int Piece)
    {
        public static readonly Node Free = new(0, Nowhere, Nowhere);
    }
}
