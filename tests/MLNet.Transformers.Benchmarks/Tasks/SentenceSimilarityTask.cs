using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>STS-B: the cosine of the vectors of two sentences, measured by Pearson's correlation on the development part.</summary>
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
        var trainer = mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(Training(
            new SentenceEmbeddingOptions
            {
                TextColumnName = nameof(Pair.Sentence1),
                PartnerColumnName = nameof(Pair.Sentence2),
                SimilarityColumnName = nameof(Pair.Label),
                MaximumSimilarity = 5,
                Loss = new CosineSimilarityLoss(),
                Seed = 1,
            }, rows, pretrainedFolder) with { LearningRate = 3e-4, TokenDropout = 0, Epochs = rows <= 500 ? 10 : 4 });
        var model = trainer.Fit(mlContext.Data.LoadFromEnumerable(training[..rows]));
        var partners = model.Transform(mlContext.Data.LoadFromEnumerable(development.Select(pair => pair with { Sentence1 = pair.Sentence2 })))
            .GetColumn<float[]>("Embedding").ToArray();
        var vectors = model.Transform(mlContext.Data.LoadFromEnumerable(development)).GetColumn<float[]>("Embedding")
            .Select((vector, row) => new Vectors { Similarity = development[row].Label, Embedding = vector, PartnerEmbedding = partners[row] });
        var schema = SchemaDefinition.Create(typeof(Vectors));
        foreach (var column in new[] { nameof(Vectors.Embedding), nameof(Vectors.PartnerEmbedding) })
            schema[column].ColumnType = new VectorDataViewType(NumberDataViewType.Single, partners[0].Length);
        return 100 * mlContext.SentenceEmbedding.Evaluate(mlContext.Data.LoadFromEnumerable(vectors, schema)).Pearson;
    }

    private static IEnumerable<Pair> Read(string file)
    {
        var mlContext = new MLContext();
        return mlContext.Data.CreateEnumerable<Pair>(mlContext.Data.LoadFromTextFile<Pair>(file, ',', allowQuoting: true), reuseRowObject: false);
    }

    private sealed record Pair
    {
        [LoadColumn(0)]
        public string Sentence1 { get; set; } = "";

        [LoadColumn(1)]
        public string Sentence2 { get; set; } = "";

        [LoadColumn(2)]
        public float Label { get; set; }
    }

    private sealed class Vectors
    {
        public float Similarity { get; set; }

        public float[] Embedding { get; set; } = [];

        public float[] PartnerEmbedding { get; set; } = [];
    }
}
