using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Cuts words into the tokens that are most probable together, each taken to be independent of the others.</summary>
/// <seealso href="https://aclanthology.org/P18-1007/"/>
public sealed class Unigram : TokenizationAlgorithm
{
    // How much less probable than the least probable token a character is that no token has.
    private const double UnknownPenalty = 10;

    private const string RoundsScoresName = "single_precision";

    private readonly UnigramPiece[] _pieces;
    private readonly double[] _scores;
    private readonly double _unknownScore;
    private readonly UnigramTrie _trie;
    private readonly char? _wordOpener;
    private readonly int?[]? _byteIds;

    /// <summary>Takes the tokens, whose ids are their positions.</summary>
    /// <param name="pieces">The tokens with their scores.</param>
    /// <param name="unknownId">The id of the token for characters that no other token has; <see langword="null"/> refuses them.</param>
    /// <param name="byteFallback">Whether such characters become their UTF-8 bytes, as <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unknownId"/> is no position of <paramref name="pieces"/>.</exception>
    public Unigram(IReadOnlyList<UnigramPiece> pieces, int? unknownId, bool byteFallback = false)
        : base(new Vocabulary((pieces ?? throw new ArgumentNullException(nameof(pieces))).Select(piece => piece.Token)))
    {
        if (unknownId is { } id)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(unknownId));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, pieces.Count, nameof(unknownId));
        }
        _pieces = [.. pieces];
        _scores = [.. pieces.Select(piece => piece.Score)];
        _unknownScore = _scores.Where(score => score > UnigramPiece.NeverFound).DefaultIfEmpty().Min() - UnknownPenalty;
        UnknownId = unknownId;
        ByteFallback = byteFallback;
        _byteIds = byteFallback ? [.. Enumerable.Range(0, 256).Select(value => Vocabulary.GetId($"<0x{value:X2}>"))] : null;
        _trie = new UnigramTrie(Vocabulary.Tokens.Where(token => _scores[token.Value] > UnigramPiece.NeverFound));
        _wordOpener = FindWordOpener();
    }

    /// <summary>The tokens with their scores, in the order of their ids.</summary>
    public IReadOnlyList<UnigramPiece> Pieces => _pieces;

    /// <summary>The id of the unknown token, if there is one.</summary>
    public int? UnknownId { get; }

    /// <summary>Whether characters that no token has become their bytes.</summary>
    public bool ByteFallback { get; }

    /// <summary>
    /// Whether sums of scores are kept in single precision, as by SentencePiece itself, which decides between ways that are
    /// equally probable. It is written as a field that other readers of <c>tokenizer.json</c> pass over.
    /// </summary>
    public bool RoundsScores { get; init; }

    /// <inheritdoc/>
    public override string? UnknownToken => UnknownId is { } id ? _pieces[id].Token : null;

    internal override bool UnknownTokensShowText => true;

    // Rounding depends on all that came before, so that nothing may be cut off.
    internal override char? WordOpener => RoundsScores ? null : _wordOpener;

    internal override void Tokenize(ReadOnlySpan<char> word, TokenList tokens)
    {
        if (word.IsEmpty)
        {
            return;
        }
        Step[] steps = ArrayPool<Step>.Shared.Rent(word.Length + 1);
        int[] ends = ArrayPool<int>.Shared.Rent(word.Length);
        try
        {
            FindBestSteps(word, steps);
            Emit(word, steps, ends, tokens);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ends);
            ArrayPool<Step>.Shared.Return(steps);
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Unigram");
        writer.WritePropertyName("unk_id");
        JsonSerializer.Serialize(writer, UnknownId);
        writer.WriteStartArray("vocab");
        foreach ((string token, double score) in _pieces)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(token);
            writer.WriteNumberValue(score);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteBoolean("byte_fallback", ByteFallback);
        if (RoundsScores)
        {
            writer.WriteBoolean(RoundsScoresName, true);
        }
        writer.WriteEndObject();
    }

    internal static Unigram Read(JsonPart part)
    {
        UnigramPiece[] pieces = [.. part["vocab"].Items().Select(ReadPiece)];
        int? unknownId = part.FindInt32("unk_id");
        if (unknownId is { } id && (uint)id >= (uint)pieces.Length)
        {
            throw part["unk_id"].Error($"there is no token {id} among the {pieces.Length} of 'vocab'");
        }
        return new Unigram(pieces, unknownId, part.FindBoolean("byte_fallback", otherwise: false))
        {
            RoundsScores = part.FindBoolean(RoundsScoresName, otherwise: false),
        };
    }

    private static UnigramPiece ReadPiece(JsonPart part)
    {
        JsonPart[] items = [.. part.Items()];
        return items.Length == 2
            ? new UnigramPiece(items[0].AsString(), items[1].AsDouble())
            : throw part.Error("a token and its score are needed here");
    }

    // Not being known, the space itself would join the unknown characters before it.
    private char? FindWordOpener()
    {
        const char Space = '\u2581';
        return Vocabulary.GetId(Space.ToString()) is { } id && id != UnknownId
            && Vocabulary.Tokens.All(token => token.Key.LastIndexOf(Space) <= 0)
            ? Space
            : null;
    }

    /// <summary>For each position, the last token of the best way to it.</summary>
    private void FindBestSteps(ReadOnlySpan<char> word, Span<Step> steps)
    {
        steps = steps[..(word.Length + 1)];
        steps.Fill(new Step(double.NegativeInfinity, -1, -1));
        steps[0] = new Step(0, 0, -1);
        for (int start = 0, length; start < word.Length; start += length)
        {
            double score = steps[start].Score;
            length = char.IsHighSurrogate(word[start]) && start + 1 < word.Length && char.IsLowSurrogate(word[start + 1]) ? 2 : 1;
            bool isCovered = false;
            int node = UnigramTrie.Root;
            for (int end = start; end < word.Length;)
            {
                node = _trie.Step(node, word[end++]);
                if (node == UnigramTrie.Nowhere)
                {
                    break;
                }
                int id = _trie.Piece(node);
                if (id < 0)
                {
                    continue;
                }
                isCovered |= end - start == length;
                Improve(ref steps[end], score + _scores[id], start, id);
            }
            if (!isCovered)
            {
                Improve(ref steps[start + length], score + _unknownScore, start, UnknownId ?? throw NoTokenFor(word.Slice(start, length)));
            }
        }
    }

    private void Improve(ref Step step, double score, int start, int id)
    {
        if (step.Start < 0 || score > step.Score)
        {
            step = new Step(RoundsScores ? (float)score : score, start, id);
        }
    }

    /// <summary>Adds the tokens of the best way, neighbouring unknown ones as one.</summary>
    private void Emit(ReadOnlySpan<char> word, ReadOnlySpan<Step> steps, Span<int> ends, TokenList tokens)
    {
        int count = 0;
        for (int end = word.Length; end > 0; end = steps[end].Start)
        {
            ends[count++] = end;
        }
        while (count > 0)
        {
            Step step = steps[ends[--count]];
            if (step.Id != UnknownId)
            {
                tokens.Add(step.Id, step.Start, ends[count]);
                continue;
            }
            while (count > 0 && steps[ends[count - 1]].Id == UnknownId)
            {
                count--;
            }
            EmitUnknown(word, step.Start, ends[count], step.Id, tokens);
        }
    }

    private void EmitUnknown(ReadOnlySpan<char> word, int start, int end, int unknownId, TokenList tokens)
    {
        if (_byteIds is null)
        {
            tokens.Add(unknownId, start, end);
            return;
        }
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(end - start));
        ReadOnlySpan<byte> utf8 = bytes.AsSpan(0, Encoding.UTF8.GetBytes(word[start..end], bytes));
        int before = tokens.Count;
        foreach (byte value in utf8)
        {
            if (_byteIds[value] is not { } id)
            {
                tokens.Truncate(before);
                tokens.Add(unknownId, start, end);
                break;
            }
            tokens.Add(id, start, end);
        }
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static InvalidOperationException NoTokenFor(ReadOnlySpan<char> character) =>
        new($"No token of the vocabulary has '{character}', and there is no unknown token.");

    private readonly record struct Step(double Score, int Start, int Id);
}
