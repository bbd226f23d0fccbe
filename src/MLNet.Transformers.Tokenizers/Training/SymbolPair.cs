namespace MLNet.Transformers.Tokenizers;

/// <summary>Two neighbouring symbols.</summary>
internal readonly record struct SymbolPair(int Left, int Right) : IComparable<SymbolPair>
{
    public int CompareTo(SymbolPair other) => Left != other.Left ? Left.CompareTo(other.Left) : Right.CompareTo(other.Right);
}
