namespace MLNet.Transformers.Tokenizers;

/// <summary>A text and the pieces it is cut into so far.</summary>
internal sealed class PreTokenizedText
{
    private PieceList _pieces = new();
    private PieceList _newPieces = new();

    /// <summary>The text; a pre-tokenizer that rewrites it must bring the pieces in line.</summary>
    public AlignedText Text { get; } = new();

    public ReadOnlySpan<(int Start, int End)> Pieces => _pieces.Pieces;

    /// <summary>Makes the whole text one piece.</summary>
    public void ResetPieces()
    {
        _pieces.Clear();
        _pieces.Add(0, Text.Length);
    }

    /// <summary>An empty list for the pieces that replace the current ones.</summary>
    public PieceList BeginPieces()
    {
        _newPieces.Clear();
        return _newPieces;
    }

    /// <summary>The list that <see cref="BeginPieces"/> gave becomes the pieces.</summary>
    public void EndPieces() => (_pieces, _newPieces) = (_newPieces, _pieces);
}
