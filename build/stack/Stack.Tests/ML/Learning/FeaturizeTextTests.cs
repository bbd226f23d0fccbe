using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;
using Stack.Tests.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>Names and numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows.</summary>
public sealed class FeaturizeTextTests
{
    private readonly MLContext _context = new(1);

    private IDataView Rows => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Text = "To be, 2 be", Other = "x" }, new Row { Text = "Bé!", Other = "to be" }, new Row { Text = "", Other = "" },
    });

    [Fact]
    public void Words_and_characters_make_one_vector()
    {
        var features = StageCheck.Run(_context, _context.Transforms.Text.FeaturizeText("Out", "Text"), Rows);
        Assert.Equal("Vector<Single, 21>", features.Schema["Out"].Type.ToString());
        Assert.True(features.Schema["Out"].IsNormalized());
        Assert.Equal(["Text", "Other", "Number", "Out"], features.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        AssertNames(features,
            "Char.<␂>|t|o Char.t|o|<␠> Char.o|<␠>|b Char.<␠>|b|e Char.b|e|, Char.e|,|<␠> Char.,|<␠>|2 Char.<␠>|2|<␠> Char.2|<␠>|b Char.b|e|<␃> "
            + "Char.<␂>|b|e Char.b|e|! Char.e|!|<␃> Word.to Word.to|be, Word.be, Word.be,|2 Word.2 Word.2|be Word.be Word.be!");
        AssertRows(features,
            [.2773501f, .2773501f, .2773501f, .5547002f, .2773501f, .2773501f, .2773501f, .2773501f, .2773501f, .2773501f, 0, 0, 0,
                .3779645f, .3779645f, .3779645f, .3779645f, .3779645f, .3779645f, .3779645f, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .57735026f, .57735026f, .57735026f, 0, 0, 0, 0, 0, 0, 0, 1],
            new float[21]);
    }

    [Fact]
    public void Columns_are_joined()
    {
        var features = Featurize(new() { CharFeatureExtractor = null }, "Text", "Other");
        AssertNames(features, "to to|be, be, be,|2 2 2|be be be|x x be! be!|to to|be");
        AssertRows(features,
            [1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 1 / 3f, 0, 0, 0],
            [.4472136f, 0, 0, 0, 0, 0, .4472136f, 0, 0, .4472136f, .4472136f, .4472136f],
            new float[12]);
    }

    [Fact]
    public void Characters_alone_keep_their_names()
    {
        var features = Featurize(new()
        {
            WordFeatureExtractor = null,
            CharFeatureExtractor = new() { NgramLength = 2, UseAllLengths = false },
            Norm = TextFeaturizingEstimator.NormFunction.L1,
        });
        AssertNames(features, "<␂>|t t|o o|<␠> <␠>|b b|e e|, ,|<␠> <␠>|2 2|<␠> e|<␃> <␂>|b e|! !|<␃>");
        const float twelfth = 1 / 12f;
        AssertRows(features,
            [twelfth, twelfth, twelfth, 2 * twelfth, 2 * twelfth, twelfth, twelfth, twelfth, twelfth, twelfth, 0, 0, 0],
            [0, 0, 0, 0, .25f, 0, 0, 0, 0, 0, .25f, .25f, .25f],
            new float[13]);
    }

    [Fact]
    public void Rare_words_weigh_more()
    {
        var features = Featurize(new()
        {
            CharFeatureExtractor = null,
            Norm = TextFeaturizingEstimator.NormFunction.None,
            WordFeatureExtractor = new() { NgramLength = 2, SkipLength = 1, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
        });
        Assert.False(features.Schema["Out"].IsNormalized());
        AssertNames(features, "to to|be, to|2 be, be,|2 be,|be 2 2|be be be!");
        const float rare = 1.0986123f;
        AssertRows(features, [rare, rare, rare, rare, rare, rare, rare, rare, rare, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, rare], new float[10]);
    }

    [Fact]
    public void Text_is_brought_to_the_form_asked_for()
    {
        var features = Featurize(new()
        {
            CharFeatureExtractor = null,
            Norm = TextFeaturizingEstimator.NormFunction.Infinity,
            CaseMode = TextNormalizingEstimator.CaseMode.Upper,
            KeepDiacritics = true,
            KeepPunctuations = false,
            KeepNumbers = false,
            WordFeatureExtractor = new() { NgramLength = 1 },
        });
        AssertNames(features, "TO BE BÉ");
        AssertRows(features, [.5f, 1, 0], [0, 0, 1], new float[3]);
    }

    [Fact]
    public void Only_so_many_ngrams_of_each_length()
    {
        var features = Featurize(new()
        {
            CharFeatureExtractor = null,
            Norm = TextFeaturizingEstimator.NormFunction.None,
            CaseMode = TextNormalizingEstimator.CaseMode.None,
            KeepDiacritics = true,
            WordFeatureExtractor = new() { NgramLength = 2, MaximumNgramsCount = [3, 2] },
        });
        AssertNames(features, "To To|be, be, be,|2 2");
        AssertRows(features, [1, 1, 1, 1, 1], new float[5], new float[5]);
    }

    [Fact]
    public void Words_can_be_had_as_a_column()
    {
        var features = Featurize(new() { CharFeatureExtractor = null, OutputTokensColumnName = "Words" });
        Assert.Equal("Vector<String>", features.Schema["Words"].Type.ToString());
        Assert.Equal([["to", "be,", "2", "be"], ["be!"], []],
            StageCheck.Vectors<ReadOnlyMemory<char>>(features, "Words").Select(words => words.Select(word => word.ToString())));
    }

    [Fact]
    public void The_text_may_give_way_to_its_features()
    {
        var features = _context.Transforms.Text.FeaturizeText("Text").Fit(Rows).Transform(Rows);
        Assert.Equal("Vector<Single, 21>", features.Schema["Text"].Type.ToString());
    }

    [Fact]
    public void Predictions_are_made_from_single_rows()
    {
        var model = _context.Transforms.Text.FeaturizeText("Out", "Text").Fit(Rows);
        Assert.True(model.IsRowToRowMapper);
        using var engine = _context.Model.CreatePredictionEngine<Row, Features>(model);
        var features = engine.Predict(new() { Text = "bé!" });
        Assert.Equal(21, features.Out.Length);
        Assert.Equal(1, features.Out[20]);
    }

    [Fact]
    public void Columns_of_the_wrong_kind_are_named()
    {
        var estimator = _context.Transforms.Text.FeaturizeText("Out", "Number");
        Assert.Equal("Schema mismatch for input column 'Number': expected scalar or vector of String, got Single (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>("inputSchema", () => estimator.GetOutputSchema(StageCheck.ShapeOf(Rows))).Message);
        Assert.Contains("'Number'", Assert.Throws<ArgumentOutOfRangeException>("inputSchema", () => estimator.Fit(Rows)).Message, StringComparison.Ordinal);
        Assert.Equal("Could not find input column 'Nope' (Parameter 'inputSchema')", Assert.Throws<ArgumentOutOfRangeException>("inputSchema",
            () => _context.Transforms.Text.FeaturizeText("Out", "Nope").Fit(Rows)).Message);
    }

    [Fact]
    public void Rows_without_any_text_have_no_features()
    {
        var blank = _context.Data.LoadFromEnumerable([new Row { Text = "" }]);
        Assert.Contains("'Out_CharExtractor'", Assert.Throws<ArgumentOutOfRangeException>("inputSchema",
            () => _context.Transforms.Text.FeaturizeText("Out", "Text").Fit(blank)).Message, StringComparison.Ordinal);
    }

    private IDataView Featurize(TextFeaturizingEstimator.Options options, params string[] inputs)
    {
        var estimator = _context.Transforms.Text.FeaturizeText("Out", options, inputs is [] ? ["Text"] : inputs);
        var model = estimator.Fit(Rows);
        using var file = new MemoryStream();
        _context.Model.Save(model, Rows.Schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _).Transform(Rows);
    }

    private static void AssertNames(IDataView features, string names) =>
        Assert.Equal(names.Split(' '), StageCheck.SlotNames(features, "Out"));

    private static void AssertRows(IDataView features, params float[][] rows) =>
        Assert.Equal(rows.SelectMany(row => row), StageCheck.Vectors<float>(features, "Out").SelectMany(row => row), (a, b) => Math.Abs(a - b) < 1e-7f);

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string Other { get; set; } = "";

        public float Number { get; set; }
    }

    private sealed class Features
    {
        public float[] Out { get; set; } = [];
    }
}
