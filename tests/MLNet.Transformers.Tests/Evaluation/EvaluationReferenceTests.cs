using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tests.Models;

namespace MLNet.Transformers.Tests;

/// <summary>Metrics of random data against NumPy: see Models/Reference/evaluation.py.</summary>
public sealed class EvaluationReferenceTests
{
    private static readonly Random Random = new(7);

    private readonly MLContext mlContext = new(seed: 1);

    [PyTorchFact]
    public void AreThoseOfNumPy()
    {
        var rows = Enumerable.Range(0, 300).Select(_ => new Row
        {
            Value = Random.Next(20),
            Score = Random.Next(40) / 2f,
            Class = "xyz"[Math.Min(Random.Next(6), 2)].ToString(),
            PredictedClass = "xyz"[Random.Next(3)].ToString(),
            Flags = Flags(),
            PredictedFlags = Flags(),
        }).ToArray();
        foreach (var row in rows.Where((_, index) => index % 2 == 0))
            (row.Score, row.PredictedClass, row.PredictedFlags) = (row.Value + row.Score / 9, row.Class, row.Flags);
        var sentences = Enum.GetValues<TaggingScheme>().ToDictionary(scheme => scheme.ToString(), Sentences);
        var answers = Enumerable.Range(0, 500).Select(_ => new Answered { Answer = [.. Enumerable.Range(0, Random.Next(3)).Select(_ => Answer())], PredictedAnswer = Answer() }).ToArray();
        var expected = Reference(new
        {
            values = rows.Select(row => row.Value),
            scores = rows.Select(row => (double)row.Score),
            classes = rows.Select(row => row.Class),
            predicted_classes = rows.Select(row => row.PredictedClass),
            flags = rows.Select(row => row.Flags),
            predicted_flags = rows.Select(row => row.PredictedFlags),
            tags = sentences,
            answers = answers.Select(answer => new object[] { answer.Answer, answer.PredictedAnswer }),
        });

        var data = mlContext.Data.LoadFromEnumerable(rows);
        var correlation = mlContext.Regression.EvaluateCorrelation(data, "Value");
        Assert.Equal(expected["pearson"], correlation.Pearson, 9);
        Assert.Equal(expected["spearman"], correlation.Spearman, 9);
        Assert.Equal(expected["matthews"], mlContext.MulticlassClassification.EvaluateMatthewsCorrelation(data, "Class", "PredictedClass"), 9);
        var labels = mlContext.MultiLabelClassification.Evaluate(data, "Flags", "PredictedFlags");
        Assert.Equal(expected["micro"], labels.Micro.F1, 9);
        Assert.Equal(expected["macro"], labels.Macro.F1, 9);
        Assert.Equal(expected["subset"], labels.SubsetAccuracy, 9);
        Assert.Equal(expected["hamming"], labels.HammingLoss, 9);
        var answered = mlContext.QuestionAnswering.Evaluate(mlContext.Data.LoadFromEnumerable(answers));
        Assert.Equal(expected["exact"], answered.ExactMatch, 9);
        Assert.Equal(expected["f1"], answered.F1, 9);
        Assert.InRange(expected["exact"], 0.05, 0.5);
        foreach (var (scheme, tags) in sentences)
        {
            var tagged = mlContext.Data.LoadFromEnumerable(tags[0].Zip(tags[1], (label, predicted) => new Sentence { Label = label, PredictedLabel = predicted }));
            Assert.Equal(expected[scheme], mlContext.TokenClassification.Evaluate(tagged, scheme: Enum.Parse<TaggingScheme>(scheme)).Micro.F1, 9);
            Assert.InRange(expected[scheme], 0.2, 0.9);
        }
    }

    private static float[] Flags() => [.. Enumerable.Range(0, 4).Select(label => Random.Next(5) < label ? 1f : 0f)];

    /// <summary>True and predicted tags of random sentences, which do not always make sense.</summary>
    private static string[][][] Sentences(TaggingScheme scheme)
    {
        string[] prefixes = scheme switch { TaggingScheme.Plain => [""], TaggingScheme.Bilou => ["B-", "I-", "L-", "U-"], _ => ["B-", "I-"] };
        string Tag() => Random.Next(3) == 0 ? "O" : prefixes[Random.Next(prefixes.Length)] + "AB"[Random.Next(2)];
        var labels = Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, Random.Next(12)).Select(_ => Tag()).ToArray()).ToArray();
        return [labels, [.. labels.Select(sentence => sentence.Select(tag => Random.Next(4) == 0 ? Tag() : tag).ToArray())]];
    }

    /// <summary>A few words with what normalisation stumbles over.</summary>
    private static string Answer()
    {
        string[] words = ["the", "The", "a", "an", "cat", "Cat.", "theatre", "the-cat", "an_cat", "—a—cat", "a\u0301", "ÉCOLE", "école", "1st", "$10", "10", "(an)", "\u00A0"];
        return string.Join(Random.Next(4) == 0 ? "  " : " ", Enumerable.Range(0, Random.Next(4)).Select(_ => words[Random.Next(words.Length)]));
    }

    private static Dictionary<string, double> Reference(object cases)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("cases.json"), JsonSerializer.Serialize(cases));
        return JsonSerializer.Deserialize<Dictionary<string, double>>(PyTorch.Run("evaluation.py", folder.File("cases.json")))!;
    }

    private sealed class Row
    {
        public float Value { get; set; }

        public float Score { get; set; }

        public string Class { get; set; } = "";

        public string PredictedClass { get; set; } = "";

        [VectorType(4)]
        public float[] Flags { get; set; } = [];

        [VectorType(4)]
        public float[] PredictedFlags { get; set; } = [];
    }

    private sealed class Answered
    {
        public string[] Answer { get; set; } = [];

        public string PredictedAnswer { get; set; } = "";
    }

    private sealed class Sentence
    {
        public string[] Label { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];
    }
}
