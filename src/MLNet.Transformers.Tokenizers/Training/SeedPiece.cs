namespace MLNet.Transformers.Tokenizers;

/// <summary>A substring that may become a piece.</summary>
/// <param name="Text">The substring.</param>
/// <param name="Coverage">How many characters of the corpus its occurrences cover.</param>
internal readonly record struct SeedPiece(string Text, long Coverage) : IComparable<SeedPiece>
{
    /// <summary>Most coverage first, of equals the lowest in code point order.</summary>
    public int CompareTo(SeedPiece other) =>
        Coverage != other.Coverage ? other.Coverage.CompareTo(Coverage) : CodePointOrder.Compare(Text, other.Text);
}
