using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Merges the characters of a word pair by pair, in the order in which the merges were learned.</summary>
/// <seealso href="https://aclanthology.org/P16-1162/"/>
public sealed class BytePairEncoding : TokenizationAlgorithm
{
    [ThreadStatic]
    private static MergeWord? t_word;

    private readonly MergeTable _merges;
    private readonly int? _unknownId;
    private readonly int[]? _byteIds;
    private readonly int[] _shortIds = new int[0x180];

    /// <summary>Takes the tokens and the merges.</summary>
    /// <param name="vocabulary">The tokens and their ids.</param>
    /// <param name="merges">The pairs of tokens that merge, first learned first.</param>
    /// <param name="options">What is done beside merging.</param>
    /// <exception cref="ArgumentException">A merge names or makes a token that the vocabulary lacks, or so does an option.</exception>
    public BytePairEncoding(Vocabulary vocabulary, IEnumerable<(string First, string Second)> merges, BytePairOptions? options = null)
        : base(vocabulary)
    {
        ArgumentNullException.ThrowIfNull(merges);
        Options = options ?? new BytePairOptions();
        if (Options.Dropout is < 0 or > 1 or float.NaN)
        {
            throw new ArgumentException($"A dropout of {Options.Dropout} is no probability.", nameof(options));
        }

        int prefixLength = Options.ContinuationPrefix?.Length ?? 0;
        _merges = new MergeTable([.. merges.Select(merge => new Merge(
            GetId(merge, merge.First), GetId(merge, merge.Second), GetId(merge, merge.First + merge.Second[Math.Min(prefixLength, merge.Second.Length)..])))]);
        _unknownId = Options.UnknownToken is { } unknown ? vocabulary.GetId(unknown) : null;
        if (Options.ByteFallback)
        {
            _byteIds = [.. Enumerable.Range(0, 256).Select(value => vocabulary.GetId($"<0x{value:X2}>") ?? -1)];
        }

        Span<char> character = stackalloc char[1];
        for (int value = 0; value < _shortIds.Length; value++)
        {
            character[0] = (char)value;
            _shortIds[value] = vocabulary.TryGetId(character, out int id) ? id : -1;
        }

        WordOpener = FindWordOpener();
    }

    /// <summary>The pairs of tokens that merge, first learned first.</summary>
    public IEnumerable<(string First, string Second)> Merges =>
        _merges.Pairs.Select(pair => (Vocabulary.GetToken(pair.First)!, Vocabulary.GetToken(pair.Second)!));

    /// <summary>What is done beside merging.</summary>
    public BytePairOptions Options { get; }

    /// <inheritdoc/>
    public override string? UnknownToken => Options.UnknownToken;

    internal override bool IsDeterministic => Options.Dropout is null or 0;

    internal override char? WordOpener { get; }

    /// <summary>Reads a <c>vocab.json</c> and a <c>merges.txt</c>.</summary>
    /// <param name="vocabularyPath">The path of the file of tokens and ids.</param>
    /// <param name="mergesPath">The path of the file of merges.</param>
    /// <param name="options">What is done beside merging.</param>
    /// <exception cref="InvalidDataException">A file is malformed; the message names it.</exception>
    public static BytePairEncoding FromFiles(string vocabularyPath, string mergesPath, BytePairOptions? options = null) =>
        BytePairFiles.Read(vocabularyPath, mergesPath, options);

    /// <summary>Reads a <c>.tiktoken</c> file; the words it takes are bytes, as <see cref="ByteLevelPreTokenizer"/> writes them.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="InvalidDataException">The file is malformed; the message names it.</exception>
    /// <seealso href="https://github.com/openai/tiktoken"/>
    public static BytePairEncoding FromTiktoken(string path) => BytePairFiles.ReadTiktoken(path);

    internal static BytePairEncoding Read(JsonPart part)
    {
        var options = new BytePairOptions
        {
            Dropout = (float?)part.Find("dropout")?.AsDouble(),
            UnknownToken = part.FindString("unk_token"),
            ContinuationPrefix = part.FindString("continuing_subword_prefix"),
            EndOfWordSuffix = part.FindString("end_of_word_suffix"),
            FusesUnknown = part.FindBoolean("fuse_unk", otherwise: false),
            ByteFallback = part.FindBoolean("byte_fallback", otherwise: false),
            IgnoresMerges = part.FindBoolean("ignore_merges", otherwise: false),
        };
        try
        {
            Vocabulary vocabulary = part["vocab"].AsVocabulary();
            return new BytePairEncoding(vocabulary, part["merges"].Items().Select(merge => BytePairFiles.ReadMerge(merge, vocabulary)), options);
        }
        catch (ArgumentException exception)
        {
            throw part.Error(exception.Message.TrimEnd('.'));
        }
    }

    internal override void Tokenize(ReadOnlySpan<char> word, TokenList tokens)
    {
        if (word.IsEmpty)
        {
            return;
        }

        if (Options.IgnoresMerges && IsDeterministic && Vocabulary.TryGetId(word, out int id))
        {
            tokens.Add(id, 0, word.Length);
            return;
        }

        MergeWord symbols = t_word ??= new MergeWord();
        symbols.Clear();
        AddSymbols(word, symbols);
        if (IsDeterministic)
        {
            symbols.Merge(_merges);
        }
        else
        {
            symbols.Merge(_merges, Options.Dropout!.Value);
        }

        symbols.CopyTo(tokens);
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "BPE");
        writer.WritePropertyName("dropout");
        JsonSerializer.Serialize(writer, Options.Dropout);
        writer.WriteString("unk_token", Options.UnknownToken);
        writer.WriteString("continuing_subword_prefix", Options.ContinuationPrefix);
        writer.WriteString("end_of_word_suffix", Options.EndOfWordSuffix);
        writer.WriteBoolean("fuse_unk", Options.FusesUnknown);
        writer.WriteBoolean("byte_fallback", Options.ByteFallback);
        writer.WriteBoolean("ignore_merges", Options.IgnoresMerges);
        writer.WriteVocabulary(Vocabulary);
        writer.WriteStartArray("merges");
        foreach ((string first, string second) in Merges)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(first);
            writer.WriteStringValue(second);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void AddSymbols(ReadOnlySpan<char> word, MergeWord symbols)
    {
        bool decorated = Options.ContinuationPrefix is { Length: > 0 } || Options.EndOfWordSuffix is { Length: > 0 };
        bool lastIsUnknown = false;
        for (int start = 0, length; start < word.Length; start += length)
        {
            Characters.GetCodePoint(word, start, out length);
            ReadOnlySpan<char> character = word.Slice(start, length);
            int id = decorated ? FindDecorated(word, start, length) : Find(character);
            if (id >= 0)
            {
                symbols.Add(id, start, start + length);
                lastIsUnknown = false;
            }
            else if (_byteIds is not null && TryAddBytes(word, start, length, symbols))
            {
                lastIsUnknown = false;
            }
            else if (Options.UnknownToken is not null)
            {
                if (lastIsUnknown && Options.FusesUnknown)
                {
                    symbols.Extend(start + length);
                }
                else
                {
                    symbols.Add(_unknownId ?? throw MissingUnknownToken(Options.UnknownToken), start, start + length);
                }

                lastIsUnknown = true;
            }
        }
    }

    private int Find(ReadOnlySpan<char> character)
    {
        if (character[0] < _shortIds.Length)
        {
            return _shortIds[character[0]];
        }

        return Vocabulary.TryGetId(character, out int id) ? id : -1;
    }

    private int FindDecorated(ReadOnlySpan<char> word, int start, int length)
    {
        string symbol = Decorate(word, start, length);
        return Vocabulary.GetId(symbol) ?? -1;
    }

    private string Decorate(ReadOnlySpan<char> word, int start, int length) => string.Concat(
        start > 0 ? Options.ContinuationPrefix : null,
        word.Slice(start, length),
        start + length == word.Length ? Options.EndOfWordSuffix : null);

    private bool TryAddBytes(ReadOnlySpan<char> word, int start, int length, MergeWord symbols)
    {
        Span<byte> utf8 = stackalloc byte[4];
        utf8 = utf8[..Encoding.UTF8.GetBytes(word.Slice(start, length), utf8)];
        if (Options.ContinuationPrefix is { Length: > 0 } || Options.EndOfWordSuffix is { Length: > 0 })
        {
            // What decorates a character falls back with it.
            utf8 = Encoding.UTF8.GetBytes(Decorate(word, start, length));
        }

        foreach (byte value in utf8)
        {
            if (_byteIds![value] < 0)
            {
                return false;
            }
        }

        foreach (byte value in utf8)
        {
            symbols.Add(_byteIds![value], start, start + length);
        }

        return true;
    }

    private int GetId((string First, string Second) merge, string token) => Vocabulary.GetId(token)
        ?? throw new ArgumentException($"The merge of '{merge.First}' and '{merge.Second}' needs the token '{token}', which the vocabulary lacks.");

    // SentencePiece's sign for a space, in every published vocabulary that has it; checked, since one may have learned others.
    private char? FindWordOpener()
    {
        const char Sign = '\u2581';
        bool isSafe = IsDeterministic && !Options.IgnoresMerges
            && string.IsNullOrEmpty(Options.ContinuationPrefix) && string.IsNullOrEmpty(Options.EndOfWordSuffix)
            && Vocabulary.GetId(Sign.ToString()) is not null
            && _merges.Pairs.All(pair => IsFreeOfSign(Vocabulary.GetToken(pair.First)!, Vocabulary.GetToken(pair.Second)!));
        return isSafe ? Sign : null;

        static bool IsFreeOfSign(string first, string second)
        {
            ReadOnlySpan<char> afterRun = string.Concat(first, second).AsSpan().TrimStart(Sign);
            return !afterRun.Contains(Sign);
        }
    }
}
