namespace MLNet.Transformers.Tokenizers;

/// <summary>A text and the pieces it is cut into so far.</summary>
internal sealed class PreTokenizedText
{
    private PieceList _pieces = new();
    private PieceList _newPieces = new();

    /// <summary>The text; a pre-tokenizer that rewrites it must bring the pieces in line.</summary>
    public AlignedText Text { get; } = new();

    /// <summary>Whether the pieces are no longer the whole text.</summary>
    public bool IsSplit { get; private set; }

    public ReadOnlySpan<(int Start, int End)> Pieces => _pieces.Pieces;

    /// <summary>Makes the whole text one piece.</summary>
    public void ResetPieces()
    {
        _pieces.Clear();
        _pieces.Add(0, Text.Length);
        IsSplit = false;
    }

    /// <summary>Whether the piece that starts at <paramref name="pieceStart"/> is the beginning of the original text.</summary>
    /// <remarks>Where a normalizer removed the text's beginning, only tracked alignment tells a piece that is cut off from one that is not.</remarks>
    public bool IsAtOriginalStart(int pieceStart)
    {
        int start = IsSplit && Text.TracksAlignment ? Text.GetOriginalRange(pieceStart, pieceStart + 1).Start : Text.OriginalStart + pieceStart;
        return start == 0;
    }

    /// <summary>An empty list for the pieces that replace the current ones.</summary>
    public PieceList BeginPieces()
    {
        _newPieces.Clear();
        return _newPieces;
    }

    /// <summary>The list that <see cref="BeginPieces"/> gave becomes the pieces.</summary>
    public void EndPieces()
    {
        (_pieces, _newPieces) = (_newPieces, _pieces);
        IsSplit = true;
    }

    /// <summary>Puts a string before every piece that <paramref name="needsPrefix"/> says yes to.</summary>
    public void PrependToPieces(ReadOnlySpan<char> prefix, Func<PreTokenizedText, int, bool> needsPrefix)
    {
        if (Pieces.Length == 1 && Pieces[0] == (0, Text.Length))
        {
            if (needsPrefix(this, 0))
            {
                Text.Prepend(prefix);
                _pieces.Clear();
                _pieces.Add(0, Text.Length);
            }

            return;
        }

        PieceList pieces = _newPieces;
        pieces.Clear();
        Text.BeginRewrite();
        foreach ((int start, int end) in Pieces)
        {
            int newStart = Text.WrittenLength;
            if (needsPrefix(this, start))
            {
                Text.Write(prefix, start);
            }

            Text.Copy(start, end - start);
            pieces.Add(newStart, Text.WrittenLength);
        }

        Text.EndRewrite();
        (_pieces, _newPieces) = (_newPieces, _pieces);
    }
}
