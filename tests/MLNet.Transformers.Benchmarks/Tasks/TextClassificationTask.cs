using System.Text;
using Microsoft.ML;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>One of several classes for a sentence, measured by accuracy.</summary>
internal sealed class TextClassificationTask : RealTask
{
    private readonly Sentence[] training;
    private readonly Sentence[] test;

    private TextClassificationTask(string name, Sentence[] training, Sentence[] test)
        : base(name, "accuracy")
    {
        this.training = training;
        this.test = test;
    }

    public override int Rows => training.Length;

    /// <summary>TREC's questions, by what they ask for, in the published split.</summary>
    public static TextClassificationTask Trec(string data) =>
        new("TREC", Shuffled(Read(data, "trec/train.txt")), [.. Read(data, "trec/test.txt")]);

    /// <summary>Customer reviews, for or against; a tenth is for the test.</summary>
    public static TextClassificationTask CustomerReviews(string data)
    {
        var all = Shuffled(Read(data, "cr/all.txt"));
        return new("CR", all[(all.Length / 10)..], all[..(all.Length / 10)]);
    }

    public override double Measure(MLContext mlContext, int rows, string? pretrainedFolder) => Measure(
        mlContext,
        rows,
        mlContext.MulticlassClassification.Trainers.TransformerTextClassification(Training(new TextClassificationOptions { Seed = 1 }, rows, pretrainedFolder)));

    public override double? MeasureNgrams(MLContext mlContext, int rows) => Measure(
        mlContext,
        rows,
        mlContext.Transforms.Text.FeaturizeText("Features", "Text").Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()));

    private double Measure<T>(MLContext mlContext, int rows, IEstimator<T> trainer)
        where T : class, ITransformer
    {
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Sentence.Class)).Append(trainer)
            .Fit(mlContext.Data.LoadFromEnumerable(training[..rows]));
        return 100 * mlContext.MulticlassClassification.Evaluate(model.Transform(mlContext.Data.LoadFromEnumerable(test))).MicroAccuracy;
    }

    private static IEnumerable<Sentence> Read(string data, string file) =>
        File.ReadLines(Path.Combine(data, "text-classification", file), Encoding.Latin1)
            .Select(line => line.Split(' ', 2)).Select(parts => new Sentence { Class = parts[0], Text = parts[1] })
            .Where(row => !string.IsNullOrWhiteSpace(row.Text));

    private sealed class Sentence
    {
        public string Class { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
