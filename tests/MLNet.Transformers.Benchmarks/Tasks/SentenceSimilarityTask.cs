using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>STS-B: how alike two sentences are, measured by Pearson's correlation on the development part.</summary>
internal sealed class SentenceSimilarityTask : RealTask
{
    private readonly Pair[] training;
    private readonly Pair[] development;

    public SentenceSimilarityTask(string data)
        : base("STS-B", "Pearson")
    {
        training = Shuffled(Read(Path.Combine(data, "sts-b", "stsb-en-train.csv")));
        development = [.. Read(Path.Combine(data, "sts-b", "stsb-en-dev.csv"))];
    }

    public override int Rows => training.Length;

    public override double Measure(MLContext mlContext, int rows, string? pretrainedFolder)
    {
        var trainer = mlContext.Regression.Trainers.TransformerSentenceSimilarity(Training(new SentenceSimilarityOptions { Seed = 1 }, rows, pretrainedFolder));
        var model = trainer.Fit(mlContext.Data.LoadFromEnumerable(training[..rows]));
        return 100 * mlContext.Regression.EvaluateCorrelation(model.Transform(mlContext.Data.LoadFromEnumerable(development))).Pearson;
    }

    private static IEnumerable<Pair> Read(string file)
    {
        var mlContext = new MLContext();
        return mlContext.Data.CreateEnumerable<Pair>(mlContext.Data.LoadFromTextFile<Pair>(file, ',', allowQuoting: true), reuseRowObject: false);
    }

    private sealed class Pair
    {
        [LoadColumn(0)]
        public string Sentence1 { get; set; } = "";

        [LoadColumn(1)]
        public string Sentence2 { get; set; } = "";

        [LoadColumn(2)]
        public float Label { get; set; }
    }
}
