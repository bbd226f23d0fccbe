using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>A text whose words get tags: where words and tokens stand in it, and the windows in which a model takes it.</summary>
/// <param name="Text">The text; words that came one by one stand in it with a space between them.</param>
/// <param name="Words">The words.</param>
/// <param name="Tokens">The tokens, each once.</param>
/// <param name="Windows">The windows.</param>
internal sealed record TaggableText(string Text, IReadOnlyList<TextExtent> Words, IReadOnlyList<WordToken> Tokens, IReadOnlyList<TextWindow> Windows)
{
    /// <summary>Length of all windows together, each padded to the longest.</summary>
    public int Length => Windows.Count * Windows.Max(window => window.Tokens.Length);

    /// <param name="words">The words, one by one.</param>
    /// <param name="tokenizer">Cuts what is too long into windows.</param>
    public static TaggableText OfWords(string[] words, TransformerTokenizer tokenizer)
    {
        var extents = new TextExtent[words.Length];
        var start = 0;
        foreach (var (index, word) in words.Index())
        {
            extents[index] = new(start, start + word.Length);
            start += word.Length + 1;
        }
        return Of(string.Join(' ', words), extents, tokenizer.EncodeWords(words), tokenizer, (word, offsets) =>
            new(word, new(extents[word].Start + offsets.Start.Value, extents[word].Start + offsets.End.Value)));
    }

    /// <param name="text">The text, whose words the tokenizer tells.</param>
    /// <param name="tokenizer">Cuts what is too long into windows.</param>
    public static TaggableText OfText(string text, TransformerTokenizer tokenizer)
    {
        var encoded = tokenizer.Encode(text);
        var words = new List<TextExtent>();
        var indices = new Dictionary<int, int>();
        foreach (var (word, extent) in WordsOf(encoded, text))
        {
            indices.Add(word, words.Count);
            words.Add(extent);
        }
        return Of(text, words, encoded, tokenizer, (word, offsets) =>
            new(indices.GetValueOrDefault(word, WordToken.NoWord), new(offsets.Start.Value, offsets.End.Value)));
    }

    /// <summary>The windows with classes for their tokens.</summary>
    /// <param name="tags">The class of each word.</param>
    /// <param name="continuation">The class of a word's further tokens, from the word's.</param>
    public IEnumerable<TaggedSequence> Label(IReadOnlyList<int> tags, Func<int, int> continuation)
    {
        foreach (var window in Windows)
        {
            var labels = new int[window.Tokens.Length];
            labels.AsSpan().Fill(TaggedSequence.Unlabelled);
            for (var index = window.Text.Start.Value; index < window.Text.End.Value; index++)
            {
                var token = window.Position + index - window.Text.Start.Value;
                if (Tokens[token].Word is var word and not WordToken.NoWord)
                    labels[index] = token > 0 && Tokens[token - 1].Word == word ? continuation(tags[word]) : tags[word];
            }
            yield return new TaggedSequence(window.Tokens, labels);
        }
    }

    private static TaggableText Of(
        string text, IReadOnlyList<TextExtent> words, EncodedText encoded, TransformerTokenizer tokenizer, Func<int, Range, WordToken> locate)
    {
        var windows = TextWindow.Of(encoded, 0, tokenizer.Pipeline.Truncation?.Stride ?? 0);
        var tokens = windows.Zip(encoded.Overflowing.Prepend(encoded)).SelectMany(pair =>
            Enumerable.Range(0, pair.Second.Length).Take(pair.First.Own).Select(token => locate(pair.Second.WordIds[token]!.Value, pair.Second.Offsets[token])));
        return new TaggableText(text, words, [.. tokens], windows);
    }

    /// <summary>Where the tokenizer's words stand, without the white space that some tokenizers count as theirs.</summary>
    private static IEnumerable<(int Word, TextExtent Extent)> WordsOf(EncodedText encoded, string text) =>
        encoded.Overflowing.Prepend(encoded)
            .SelectMany(window => window.WordIds.Zip(window.Offsets))
            .Where(token => token.First is not null)
            .GroupBy(token => token.First!.Value, token => token.Second)
            .Select(word => (word.Key, new TextExtent(word.Min(offsets => offsets.Start.Value), word.Max(offsets => offsets.End.Value)).TrimIn(text)))
            .Where(word => word.Item2.Length > 0);
}

/// <summary>A token of a word.</summary>
/// <param name="Word">Index of its word; <see cref="NoWord"/> for a token of none.</param>
/// <param name="Extent">Where it stands in the text.</param>
internal readonly record struct WordToken(int Word, TextExtent Extent)
{
    public const int NoWord = -1;
}
