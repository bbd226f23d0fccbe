namespace MLNet.Transformers.Tokenizers;

/// <summary>Normalizes texts and splits them into words, one text after the other, in the same memory.</summary>
/// <param name="normalizer">What cleans the text.</param>
/// <param name="preTokenizer">What splits it.</param>
internal sealed class PieceReader(TextNormalizer? normalizer, TextPreTokenizer? preTokenizer)
{
    private readonly PreTokenizedText _text = new();

    /// <summary>The rewritten text of the last <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Chars => _text.Text.Chars;

    /// <summary>The words of the last <see cref="Read"/> in <see cref="Chars"/>.</summary>
    public ReadOnlySpan<(int Start, int End)> Pieces => _text.Pieces;

    /// <summary>Takes the next text.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        _text.Text.Reset(text, 0, tracksAlignment: false);
        normalizer?.Normalize(_text.Text);
        _text.ResetPieces();
        preTokenizer?.PreTokenize(_text);
    }
}
