using System.Globalization;
using System.Text;
using System.Text.Json;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Collects where a tokenizer and the Rust reference differ.</summary>
internal sealed class ReferenceComparison(TransformerTokenizer tokenizer)
{
    private const int LongestComplaint = 20_000;
    private const string Overflow = "what overflows";

    // Where compiled normalization rules remove a control character, the reference's offsets after it are short by one.
    private readonly bool _offsetsSlipAtControls = Flatten(tokenizer.Normalizer).Any(normalizer => normalizer is PrecompiledNormalizer);

    // Where a character is dropped, since no token has it and there is no unknown one, they are so too.
    private readonly bool _offsetsSlip = tokenizer is { Pipeline.Algorithm: BytePairEncoding { UnknownToken: null, Options.ByteFallback: false }, PreTokenizer: not ByteLevelPreTokenizer }
        && tokenizer.Vocabulary.Count < 1000;

    private readonly StringBuilder _complaints = new();
    private string _about = "";

    public string Complaints => _complaints.ToString();

    public void Compare(ReferenceText text, RustEncoding expected)
    {
        _about = JsonSerializer.Serialize(text);
        EncodedText actual = tokenizer.Encode(text.Text, text.Pair, text.AddSpecialTokens);
        Compare(text, expected, actual);

        // CLIP's decoder leaves the suffix in; the Python library around it, and we, put a space.
        string decoded = tokenizer.Pipeline is { Algorithm: BytePairEncoding { Options.EndOfWordSuffix: { Length: > 0 } suffix }, Decoder: ByteLevelDecoder }
            ? expected.Decoded!.Replace(suffix, " ", StringComparison.Ordinal).Trim()
            : expected.Decoded!;
        Complain("decoded", [decoded], [tokenizer.Decode(actual.Ids, skipSpecialTokens: true)]);
    }

    private void Compare(ReferenceText text, RustEncoding expected, EncodedText actual)
    {
        Complain("ids", expected.Ids, actual.Ids);
        Complain("tokens", expected.Tokens, actual.Tokens);
        Complain("attention mask", expected.AttentionMask, actual.AttentionMask);
        Complain("special tokens", expected.SpecialTokensMask, actual.SpecialTokensMask);
        Complain("word ids", expected.WordIds, actual.WordIds);
        if (!_offsetsSlip && (!_offsetsSlipAtControls || !$"{text.Text}{text.Pair}".Any(value => char.IsControl(value) && !char.IsWhiteSpace(value))))
        {
            Complain("offsets", expected.Offsets.Select(range => (range[0], range[1])), actual.Offsets.Select((range, i) => InCodePoints(actual.SequenceIds[i] == 1 ? text.Pair! : text.Text, range)));
        }

        if (ReferenceEquals(_about, Overflow))
        {
            // What overflows keeps type ids there that the post-processor has changed for the rest, and overflows in turn.
            return;
        }

        Complain("type ids", expected.TypeIds, actual.TypeIds);
        Complain("overflow", [expected.Overflowing.Length], [actual.Overflowing.Length]);
        string about = _about;
        _about = Overflow;
        foreach ((RustEncoding expectedWindow, EncodedText actualWindow) in expected.Overflowing.Zip(actual.Overflowing))
        {
            Compare(text, expectedWindow, actualWindow);
        }

        _about = about;
    }

    private void Complain<T>(string what, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        if (!expected.SequenceEqual(actual) && _complaints.Length < LongestComplaint)
        {
            _complaints.AppendLine(CultureInfo.InvariantCulture, $"{what} of {_about}:")
                .AppendLine(CultureInfo.InvariantCulture, $"  expected {string.Join(' ', expected)}")
                .AppendLine(CultureInfo.InvariantCulture, $"  actual   {string.Join(' ', actual)}");
        }
    }

    private static (int Start, int End) InCodePoints(string text, Range range) =>
        (Count(text.AsSpan(0, range.Start.Value)), Count(text.AsSpan(0, range.End.Value)));

    private static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static IEnumerable<TextNormalizer?> Flatten(TextNormalizer? normalizer) =>
        normalizer is SequenceNormalizer sequence ? sequence.Normalizers.SelectMany(Flatten) : [normalizer];
}
