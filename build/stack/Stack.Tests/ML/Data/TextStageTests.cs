using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace Stack.Tests.ML.Data;

public sealed class TextStageTests
{
    private readonly MLContext _context = new(1);

    private TransformsCatalog.TextTransforms Text => _context.Transforms.Text;

    [Fact]
    public void Normalizing_lowers_case_and_drops_diacritics()
    {
        var data = Rows("Ünïcode, naïve café! 12", "");
        Assert.Equal(["unicode, naive cafe! 12", ""], Normalized(Text.NormalizeText("Out", "Text"), data));
        Assert.Equal(["ÜNÏCODE, NAÏVE CAFÉ! 12", ""],
            Normalized(Text.NormalizeText("Out", "Text", TextNormalizingEstimator.CaseMode.Upper, keepDiacritics: true), data));
        Assert.Equal(["Unicode naive cafe ", ""], Normalized(
            Text.NormalizeText("Out", "Text", TextNormalizingEstimator.CaseMode.None, keepPunctuations: false, keepNumbers: false), data));
    }

    [Fact]
    public void Words_stand_between_separators()
    {
        var words = StageCheck.Run(_context, Text.TokenizeIntoWords("Out", "Text"), Rows(" the cat,  the\tdog ", ""));
        Assert.Equal("Vector<String>", words.Schema["Out"].Type.ToString());
        Assert.Equal([["the", "cat,", "the\tdog"], []], Words(words));
        words = StageCheck.Run(_context, Text.TokenizeIntoWords("Out", "Text", [',', '\t']), Rows("the cat,  the\tdog"));
        Assert.Equal([["the cat", "the", "dog"]], Words(words));
    }

    [Fact]
    public void Stop_words_go_whatever_their_case()
    {
        var pipeline = Text.TokenizeIntoWords("Words", "Text").Append(Text.RemoveStopWords("Out", "Words", "The", " cat", ""));
        Assert.Equal([["dog"], []], Words(StageCheck.Run(_context, pipeline, Rows("the Cat THE dog", "cat"))));
        Assert.Equal("Schema mismatch for input column 'Text': expected vector of Text type, got String (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() =>
                Text.RemoveStopWords("Out", "Text", "a").GetOutputSchema(StageCheck.ShapeOf(Rows("a")))));
        Assert.Equal("Schema mismatch for input column 'Text': expected Vector of String, got String (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => Text.RemoveStopWords("Out", "Text", "a").Fit(Rows("a")).Transform(Rows("a"))));
    }

    [Fact]
    public void Characters_are_keys_between_marks()
    {
        var pipeline = Text.TokenizeIntoCharactersAsKeys("Out", "Text").Append(Text.TokenizeIntoCharactersAsKeys("Plain", "Text", false));
        var keys = StageCheck.Run(_context, pipeline, Rows("ab", ""));
        Assert.Equal("Vector<Key<UInt16, 0-65534>>", keys.Schema["Out"].Type.ToString());
        Assert.Equal([[2, 97, 98, 3], []], StageCheck.Vectors<ushort>(keys, "Out"));
        Assert.Equal([[97, 98], []], StageCheck.Vectors<ushort>(keys, "Plain"));
    }

    [Fact]
    public void Ngrams_count_words_and_pairs()
    {
        var ngrams = StageCheck.Run(_context, Ngrams(), Rows("a b a b", "b", ""));
        Assert.Equal(["a", "a|b", "b", "b|a"], StageCheck.SlotNames(ngrams, "Out"));
        Assert.Equal([[2, 2, 2, 1], [0, 0, 1, 0], [0, 0, 0, 0]], StageCheck.Vectors<float>(ngrams, "Out"));
    }

    [Fact]
    public void Ngrams_may_skip_words()
    {
        var ngrams = StageCheck.Run(_context, Ngrams(2, skipLength: 1, useAllLengths: false), Rows("a b c"));
        Assert.Equal(["a|b", "a|c", "b|c"], StageCheck.SlotNames(ngrams, "Out"));
        Assert.Equal([[1, 1, 1]], StageCheck.Vectors<float>(ngrams, "Out"));
    }

    [Fact]
    public void At_most_so_many_ngrams_of_each_length()
    {
        var ngrams = StageCheck.Run(_context, Ngrams(2, maximum: 2), Rows("a b c", "d e"));
        Assert.Equal(["a", "a|b", "b", "b|c"], StageCheck.SlotNames(ngrams, "Out"));
    }

    [Theory]
    [InlineData(NgramExtractingEstimator.WeightingCriteria.Idf, 1)]
    [InlineData(NgramExtractingEstimator.WeightingCriteria.TfIdf, 3)]
    public void Rare_words_weigh_more(NgramExtractingEstimator.WeightingCriteria weighting, int factor)
    {
        var ngrams = StageCheck.Run(_context, Ngrams(1, weighting: weighting), Rows("a a a b", "b c", "b"));
        var rare = (float)Math.Log(3);
        Assert.Equal([[factor * rare, 0, 0], [0, 0, rare], [0, 0, 0]], StageCheck.Vectors<float>(ngrams, "Out"));
    }

    [Fact]
    public void Character_ngrams_have_names_of_their_characters()
    {
        var pipeline = Text.TokenizeIntoCharactersAsKeys("Keys", "Text").Append(Text.ProduceNgrams("Out", "Keys", 2, useAllLengths: false));
        var ngrams = StageCheck.Run(_context, pipeline, Rows("a b"));
        Assert.Equal(["<␂>|a", "a|<␠>", "<␠>|b", "b|<␃>"], StageCheck.SlotNames(ngrams, "Out"));
    }

    [Fact]
    public void Ngram_lengths_have_limits()
    {
        Assert.Equal("skipLength (actual value: 1) can only be zero when ngramLength set to one. (Parameter 'skipLength')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => Text.ProduceNgrams("Out", "Keys", 1, 1)));
        Assert.Equal("The sum of skipLength and ngramLength must be less than or equal to 10 (Parameter 'skipLength')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => Text.ProduceNgrams("Out", "Keys", 8, 3)));
        Assert.Equal("ngramLength", Assert.Throws<ArgumentOutOfRangeException>(() => Text.ProduceNgrams("Out", "Keys", 0)).ParamName);
    }

    [Fact]
    public void Word_bags_do_it_all()
    {
        var bags = StageCheck.Run(_context, Text.ProduceWordBags("Out", "Text"), Rows("a b a", "b"));
        Assert.Equal(["a", "a|b", "b", "b|a"], StageCheck.SlotNames(bags, "Out"));
        Assert.Equal([[2, 1, 1, 1], [0, 0, 1, 0]], StageCheck.Vectors<float>(bags, "Out"));
        bags = StageCheck.Run(_context, Text.ProduceWordBags("Out", ["Text", "Text"], 1), Rows("a b"));
        Assert.Equal([[2, 2]], StageCheck.Vectors<float>(bags, "Out"));
    }

    [Fact]
    public void Word_bags_of_text_with_frequencies()
    {
        var bags = Text.ProduceWordBags("Out", ';', ':', "Text").Fit(Rows("spam:3;egg:2")).Transform(Rows("spam:3;egg:2", "egg;ham:4"));
        Assert.Equal(["spam", "egg"], StageCheck.SlotNames(bags, "Out"));
        Assert.Equal([[3, 2], [0, 1]], StageCheck.Vectors<float>(bags, "Out"));
    }

    private EstimatorChain<NgramExtractingTransformer> Ngrams(
        int length = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximum = 100,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        Text.TokenizeIntoWords("Words", "Text")
            .Append(_context.Transforms.Conversion.MapValueToKey("Keys", "Words"))
            .Append(Text.ProduceNgrams("Out", "Keys", length, skipLength, useAllLengths, maximum, weighting));

    private string[] Normalized(IEstimator<ITransformer> estimator, IDataView data) =>
        StageCheck.Texts(StageCheck.Run(_context, estimator, data), "Out");

    private static string[][] Words(IDataView view) =>
        [.. StageCheck.Vectors<ReadOnlyMemory<char>>(view, "Out").Select(words => words.Select(word => word.ToString()).ToArray())];

    private IDataView Rows(params string[] texts) => _context.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }).ToList());

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
