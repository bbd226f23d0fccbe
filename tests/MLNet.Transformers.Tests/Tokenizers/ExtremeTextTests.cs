using System.Diagnostics;
using System.Text;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Texts of a megabyte without end, and all that is odd in one of a line.</summary>
public class ExtremeTextTests
{
    private const int Length = 1 << 20;

    public static TheoryData<string> Tokenizers => [.. SharedTokenizers.All];

    [SharedDataTheory]
    [MemberData(nameof(Tokenizers))]
    public void AMegabyteInOneLineIsEncodedInTime(string name)
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(name);
        var watch = Stopwatch.StartNew();
        foreach (string piece in new[] { "a", "ab ", "é", "生", "😀", " ", "\n", "\0", "e\u0301", "[MASK]", "\uD83D", "don't!" })
        {
            string text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
            Assert.Equal(tokenizer.Encode(text).Ids.Length, tokenizer.CountTokens(text) + tokenizer.Encode("").Length);
        }

        // What grew with the square of the length would take hours.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void RegularExpressionsTakeTextsOfAnyLength()
    {
        string text = string.Concat(Enumerable.Repeat("ab", Length));
        var splitter = new SplitPreTokenizer(TextPattern.Regex("(?:ab?)+c|(?:(?:a|b)*?)$|[^c]"));
        Assert.Equal([(0, text.Length)], splitter.PreTokenize(text).Take(1));
    }

    [Fact]
    public void OneTextIsAsGoodAsItsLines()
    {
        string[] lines = [.. AdversarialTexts.Generate(seed: 9, mixtures: 200).Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && !char.IsWhiteSpace(line[^1]) && !line.Contains('\'', StringComparison.Ordinal))];
        var joined = new List<int>();
        foreach (string line in lines)
        {
            TinyTokenizers.Bytes.AppendIds(line, joined);
        }

        Assert.Equal(joined, TinyTokenizers.Bytes.Encode(string.Concat(lines)).Ids);
    }
}
