using System.Globalization;
using System.Text;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.SentencePiece;

public class PrecompiledNormalizerTests
{
    // The tables have one rule a line: code points, a tab, code points.
    [SharedDataTheory]
    [InlineData("nfc.tsv", 13_655)]
    [InlineData("nfkd.tsv", 17_029)]
    [InlineData("ids_norm.tsv", 19_682)]
    [InlineData("ids_denorm.tsv", 19_673)]
    public void AppliesEveryRuleOfSentencePiecesTables(string table, int count)
    {
        Dictionary<string, string> rules = ReadRules(SharedData.Path("tokenizer-conformance", "sentencepiece", table));
        PrecompiledNormalizer normalizer = PrecompiledNormalizer.Compile(rules);

        Assert.Equal(count, rules.Count);
        Assert.All(rules, rule =>
        {
            Assert.Equal(rule.Value, normalizer.Normalize(rule.Key));
            Assert.Equal($"1{rule.Value}2", normalizer.Normalize($"1{rule.Key}2"));
        });
    }

    [Fact]
    public void TakesTheLongestRule()
    {
        PrecompiledNormalizer normalizer = PrecompiledNormalizer.Compile(new Dictionary<string, string>
        {
            ["a"] = "1",
            ["abc"] = "2",
            ["😀"] = "smile",
            ["é"] = "",
        });

        Assert.Equal("2d1b1", normalizer.Normalize("abcdaba"));
        Assert.Equal("smile😁\uFFFDx\uFFFD", normalizer.Normalize("😀😁\uD83Dx\uDE00é"));
    }

    [Fact]
    public void RefusesRulesThatCannotBe()
    {
        Assert.Throws<ArgumentException>("rules", () => PrecompiledNormalizer.Compile(new Dictionary<string, string>()));
        Assert.Throws<ArgumentException>("rules", () => PrecompiledNormalizer.Compile(new Dictionary<string, string> { [""] = "a" }));
        Assert.Throws<ArgumentException>("rules", () => PrecompiledNormalizer.Compile(new Dictionary<string, string> { ["a"] = "\0" }));
        Assert.Throws<InvalidDataException>(() => new PrecompiledNormalizer([1, 2]));
        Assert.Throws<InvalidDataException>(() => new PrecompiledNormalizer([0xFF, 0xFF, 0, 0, 1, 2, 3, 4]));
    }

    private static Dictionary<string, string> ReadRules(string path)
    {
        Dictionary<string, string> rules = [];
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            string[] columns = line.Split('\t');
            rules[ReadCodePoints(columns[0])] = ReadCodePoints(columns[1]);
        }
        return rules;
    }

    private static string ReadCodePoints(string text) => string.Concat(text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(code => new Rune(int.Parse(code.Replace("U+", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
}
