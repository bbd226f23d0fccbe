using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits a text into the words that the algorithm works on.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers"/>
public abstract class TextPreTokenizer : PreTokenizer
{
    private protected TextPreTokenizer()
    {
    }

    /// <summary>Gives the places of the words in the text.</summary>
    public sealed override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PreTokenize(text.AsSpan());
    }

    /// <summary>Gives the places of the words in the text.</summary>
    public sealed override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var preTokenized = new PreTokenizedText();
        preTokenized.Text.Reset(text, 0, tracksAlignment: true);
        preTokenized.ResetPieces();
        PreTokenize(preTokenized);

        var places = new List<(int Offset, int Length)>(preTokenized.Pieces.Length);
        foreach ((int start, int end) in preTokenized.Pieces)
        {
            (int originalStart, int originalEnd) = preTokenized.Text.GetOriginalRange(start, end);
            places.Add((originalStart, originalEnd - originalStart));
        }

        return places;
    }

    /// <summary>Cuts the pieces of <paramref name="text"/> into smaller ones; called from several threads at once.</summary>
    internal abstract void PreTokenize(PreTokenizedText text);

    /// <summary>Whether the last step writes bytes as characters.</summary>
    internal virtual bool EndsInBytes => false;

    /// <summary>Does the same but for the last step, if that writes bytes as characters.</summary>
    internal virtual void PreTokenizeBeforeBytes(PreTokenizedText text) => PreTokenize(text);

    /// <summary>Writes the <c>pre_tokenizer</c> object of a <c>tokenizer.json</c>, braces included.</summary>
    internal abstract void Write(Utf8JsonWriter writer);
}
