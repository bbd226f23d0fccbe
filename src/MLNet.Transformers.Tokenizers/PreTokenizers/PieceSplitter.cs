namespace MLNet.Transformers.Tokenizers;

/// <summary>A pre-tokenizer that leaves the characters as they are and only says where to cut.</summary>
public abstract class PieceSplitter : TextPreTokenizer
{
    private protected PieceSplitter()
    {
    }

    internal sealed override void PreTokenize(PreTokenizedText text)
    {
        PieceList parts = text.BeginPieces();
        foreach ((int start, int end) in text.Pieces)
        {
            Split(text.Text.Chars, start, end, parts);
        }

        text.EndPieces();
    }

    /// <summary>Adds the parts of the piece of <paramref name="text"/> from <paramref name="start"/> to <paramref name="end"/>.</summary>
    internal abstract void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts);
}
