using System.Buffers;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Cuts a word into the longest tokens from its beginning on, or takes it as unknown as a whole.</summary>
/// <seealso href="https://arxiv.org/abs/1609.08144"/>
public sealed class WordPiece : TokenizationAlgorithm
{
    private readonly int? _unknownId;
    private readonly int _longestToken;

    /// <summary>Takes the tokens with their ids.</summary>
    /// <param name="vocabulary">The tokens and their ids.</param>
    /// <param name="unknownToken">The token for words that no tokens cover; encoding fails at one where the vocabulary has no such token.</param>
    /// <param name="continuationPrefix">What tokens begin with that do not begin a word.</param>
    /// <param name="maxWordLength">The number of characters above which a word is unknown.</param>
    public WordPiece(Vocabulary vocabulary, string unknownToken = "[UNK]", string continuationPrefix = "##", int maxWordLength = 100)
        : base(vocabulary)
    {
        ArgumentNullException.ThrowIfNull(unknownToken);
        ArgumentNullException.ThrowIfNull(continuationPrefix);
        ArgumentOutOfRangeException.ThrowIfNegative(maxWordLength);
        (UnknownToken, ContinuationPrefix, MaxWordLength) = (unknownToken, continuationPrefix, maxWordLength);
        _unknownId = vocabulary.GetId(unknownToken);
        _longestToken = vocabulary.Tokens.Select(token => token.Key.Length).DefaultIfEmpty().Max();
    }

    /// <inheritdoc/>
    public override string UnknownToken { get; }

    /// <summary>What tokens begin with that do not begin a word.</summary>
    public string ContinuationPrefix { get; }

    /// <summary>The number of characters above which a word is unknown.</summary>
    public int MaxWordLength { get; }

    /// <summary>Reads a <c>vocab.txt</c>: one token a line, whose number is its id.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="unknownToken">The token for words that no tokens cover.</param>
    public static WordPiece FromFile(string path, string unknownToken = "[UNK]") => new(VocabularyFiles.ReadLines(path), unknownToken);

    internal static WordPiece Read(JsonPart part) => new(
        part["vocab"].AsVocabulary(),
        part["unk_token"].AsString(),
        part["continuing_subword_prefix"].AsString(),
        part["max_input_chars_per_word"].AsInt32());

    internal override void Tokenize(ReadOnlySpan<char> word, TokenList tokens)
    {
        if (word.IsEmpty)
        {
            return;
        }

        int before = tokens.Count;
        if (CountCodePoints(word) > MaxWordLength || !TryTokenize(word, tokens))
        {
            tokens.Truncate(before);
            tokens.Add(_unknownId ?? throw MissingUnknownToken(UnknownToken), 0, word.Length);
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "WordPiece");
        writer.WriteString("unk_token", UnknownToken);
        writer.WriteString("continuing_subword_prefix", ContinuationPrefix);
        writer.WriteNumber("max_input_chars_per_word", MaxWordLength);
        writer.WriteVocabulary(Vocabulary);
        writer.WriteEndObject();
    }

    private bool TryTokenize(ReadOnlySpan<char> word, TokenList tokens)
    {
        // The prefix stands before the word once, and each look-up begins so much earlier: what is overwritten is done with.
        int prefix = ContinuationPrefix.Length;
        char[]? rented = null;
        Span<char> buffer = prefix + word.Length <= 256
            ? stackalloc char[256]
            : rented = ArrayPool<char>.Shared.Rent(prefix + word.Length);
        word.CopyTo(buffer[prefix..]);
        buffer = buffer[..(prefix + word.Length)];
        int start = 0;
        while (start < word.Length)
        {
            int from = start == 0 ? prefix : start;
            int longest = Math.Min(word.Length - start, _longestToken);
            int length = FindLongest(buffer[from..], start == 0 ? 0 : prefix, longest, out int id);
            if (length == 0)
            {
                break;
            }

            tokens.Add(id, start, start + length);
            start += length;
            if (start < word.Length)
            {
                ContinuationPrefix.CopyTo(buffer[start..]);
            }
        }

        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return start == word.Length;
    }

    /// <summary>The length of the longest token at the beginning, its prefix not counted, or 0.</summary>
    private int FindLongest(ReadOnlySpan<char> text, int prefix, int longest, out int id)
    {
        for (int length = longest; length > 0; length--)
        {
            if (Vocabulary.TryGetId(text[..(prefix + length)], out id))
            {
                return length;
            }

            if (char.IsLowSurrogate(text[prefix + length - 1]) && length > 1)
            {
                length--;
            }
        }

        id = -1;
        return 0;
    }

    private static int CountCodePoints(ReadOnlySpan<char> word)
    {
        int count = word.Length;
        foreach (char value in word)
        {
            count -= char.IsLowSurrogate(value) ? 1 : 0;
        }

        return count;
    }
}
