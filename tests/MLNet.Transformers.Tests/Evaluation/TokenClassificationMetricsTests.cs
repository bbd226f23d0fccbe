using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class TokenClassificationMetricsTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>The example of seqeval's page, whose report prints these numbers.</summary>
    [Fact]
    public void GivesTheNumbersOfSeqevalsOwnExample()
    {
        var metrics = Evaluate(
            ("O O O B-MISC I-MISC I-MISC O", "O O B-MISC I-MISC I-MISC I-MISC O"),
            ("B-PER I-PER O", "B-PER I-PER O"));
        Assert.Equal(["MISC", "PER"], metrics.ByType.Keys);
        Assert.Equal(new PrecisionRecall(0, 0, 0, 1), metrics.ByType["MISC"]);
        Assert.Equal(new PrecisionRecall(1, 1, 1, 1), metrics.ByType["PER"]);
        Assert.Equal(new PrecisionRecall(0.5, 0.5, 0.5, 2), metrics.Micro);
        Assert.Equal(new PrecisionRecall(0.5, 0.5, 0.5, 2), metrics.Macro);
        Assert.Equal(new PrecisionRecall(0.5, 0.5, 0.5, 2), metrics.Weighted);
        Assert.Equal(0.8, metrics.Accuracy, 12);
    }

    /// <summary>
    /// By hand: of A three are true, two predicted, one right (the second is one word short); of B one is true and two are
    /// predicted, one right; C is only predicted.
    /// </summary>
    [Fact]
    public void AveragesTypesInThreeWays()
    {
        var metrics = Evaluate(
            ("B-A I-A O B-A I-A O B-A", "B-A I-A O B-A O O O"),
            ("B-B O O O", "B-B O B-B B-C"));
        Equal(1 / 2.0, 1 / 3.0, 2 / 5.0, metrics.ByType["A"]);
        Equal(1 / 2.0, 1, 2 / 3.0, metrics.ByType["B"]);
        Equal(0, 0, 0, metrics.ByType["C"]);
        Equal(2 / 5.0, 2 / 4.0, 4 / 9.0, metrics.Micro);
        Equal(1 / 3.0, 4 / 9.0, (2 / 5.0 + 2 / 3.0) / 3, metrics.Macro);
        Equal(1 / 2.0, (3 * (1 / 3.0) + 1) / 4, (3 * (2 / 5.0) + 2 / 3.0) / 4, metrics.Weighted);
        Assert.Equal(7 / 11.0, metrics.Accuracy, 12);
    }

    [Theory]
    [InlineData(TaggingScheme.Iob, "I-A I-A B-A O I-B I-C", "A 0-2, A 2-3, B 4-5, C 5-6")]
    [InlineData(TaggingScheme.Iob2, "I-A I-A B-A O I-B I-C", "A 2-3")]
    [InlineData(TaggingScheme.Iob2, "B-A B-A I-A I-B O B-C I-C", "A 0-1, A 1-3, C 5-7")]
    [InlineData(TaggingScheme.Bilou, "B-A I-A L-A U-B U-B O B-C L-C", "A 0-3, B 3-4, B 4-5, C 6-8")]
    [InlineData(TaggingScheme.Bilou, "B-A I-A O B-A L-B L-A I-A U-A B-A", "A 7-8")]
    [InlineData(TaggingScheme.Iob, "B-left-hand I-left-hand B I", "left-hand 0-2, _ 2-4")]
    [InlineData(TaggingScheme.Plain, "A A O B A", "A 0-2, B 3-4, A 4-5")]
    [InlineData(TaggingScheme.Iob, "", "")]
    public void ReadsEntitiesAsTheSchemeSays(TaggingScheme scheme, string tags, string entities) => Assert.Equal(
        entities, string.Join(", ", EntitySpan.Read(Words(tags), scheme).Select(entity => $"{entity.Type} {entity.Start}-{entity.End}")));

    [Fact]
    public void RefusesATagOfAnotherScheme()
    {
        Assert.Contains("'U-A'", Assert.Throws<ArgumentException>(() => EntitySpan.Read(["U-A"], TaggingScheme.Iob2)).Message);
        Assert.Contains("'person'", Assert.Throws<ArgumentException>(() => EntitySpan.Read(["person"], TaggingScheme.Bilou)).Message);
    }

    [Fact]
    public void ReadsKeysAsWhatTheyStandFor()
    {
        var rows = new[] { new Row { Label = Words("B-A I-A O"), PredictedLabel = Words("B-A I-A O") }, new Row { Label = Words("B-B O"), PredictedLabel = Words("O B-B") } };
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var keys = mlContext.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("Label"), new InputOutputColumnPair("PredictedLabel")]).Fit(data).Transform(data);
        Assert.Equal(Evaluate(rows).ByType, mlContext.TokenClassification.Evaluate(keys).ByType);
        Assert.Equal(0.5, mlContext.TokenClassification.Evaluate(keys).Micro.F1, 12);
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        Assert.Contains("Row 0 has 2 tags in 'Label' and 1 in 'PredictedLabel'", Assert.Throws<ArgumentException>(() => { Evaluate(("O O", "O")); }).Message);
        var data = mlContext.Data.LoadFromEnumerable([new Row()]);
        Assert.Contains("'Missing'", Assert.Throws<ArgumentOutOfRangeException>(() => { mlContext.TokenClassification.Evaluate(data, "Missing"); }).Message);
        Assert.Contains("'Number'", Assert.Throws<ArgumentOutOfRangeException>(() => { mlContext.TokenClassification.Evaluate(data, "Number"); }).Message);
    }

    private static void Equal(double precision, double recall, double f1, PrecisionRecall found)
    {
        Assert.Equal(precision, found.Precision, 12);
        Assert.Equal(recall, found.Recall, 12);
        Assert.Equal(f1, found.F1, 12);
    }

    private static string[] Words(string tags) => tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private TokenClassificationMetrics Evaluate(params (string Label, string Predicted)[] rows) =>
        Evaluate([.. rows.Select(row => new Row { Label = Words(row.Label), PredictedLabel = Words(row.Predicted) })]);

    private TokenClassificationMetrics Evaluate(Row[] rows) => mlContext.TokenClassification.Evaluate(mlContext.Data.LoadFromEnumerable(rows));

    private sealed class Row
    {
        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];

        public float Number { get; set; }
    }
}
