using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class SentenceEmbeddingTrainerTests
{
    private static readonly SentenceEmbeddingOptions Options = new()
    {
        Model = StageCase.TinyModel with { Dropout = 0 },
        VocabularySize = 100,
        BatchTokens = 256,
        Epochs = 30,
        LearningRate = 1e-2,
        Seed = 1,
    };

    private const int Kinds = 12;

    private readonly MLContext mlContext = new(seed: 1);

    [Theory]
    [InlineData("ranking")]
    [InlineData("ranking with negatives")]
    [InlineData("triplets")]
    [InlineData("triplets by cosine")]
    [InlineData("order")]
    [InlineData("cosine")]
    public void TextsOfOneKindComeTogether(string loss)
    {
        var options = loss switch
        {
            "ranking" => Options,
            "ranking with negatives" => Options with { NegativeColumnName = "Negative" },
            "triplets" => Options with { NegativeColumnName = "Negative", Loss = new TripletLoss() },
            "triplets by cosine" => Options with { NegativeColumnName = "Negative", Loss = new TripletLoss(TripletDistance.Cosine, 0.5) },
            "order" => Options with { PartnerColumnName = "Other", SimilarityColumnName = "Similarity", MaximumSimilarity = 5 },
            _ => Options with { PartnerColumnName = "Other", SimilarityColumnName = "Similarity", MaximumSimilarity = 5, Loss = new CosineSimilarityLoss() },
        };
        var model = Fit(options);
        var random = new Random(1000);
        var kinds = Enumerable.Range(0, 60).Select(index => index % Kinds).ToArray();
        var vectors = Embed(model, [.. kinds.Select(kind => Sentence(kind, random))]);
        Assert.All(vectors, vector => Assert.Equal(16, vector.Length));
        var right = Enumerable.Range(0, vectors.Length).Count(index =>
            kinds[index] == kinds[Enumerable.Range(0, vectors.Length).Where(other => other != index).MaxBy(other => Cosine(vectors[index], vectors[other]))]);
        // Chance is 5; negatives in the batch are sometimes of the same kind, so that it cannot be all 60.
        Assert.True(right > 45, $"the nearest of {right} of 60 texts is of their kind");
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        float[] Vector(int seed) => Embed(Fit(Options with { Epochs = 2, Seed = seed, TokenDropout = 0.2 }), "au av")[0];
        Assert.Equal(Vector(1), Vector(1));
        Assert.NotEqual(Vector(1), Vector(2));
    }

    [Fact]
    public void ASavedFolderIsOneOfSentenceTransformersAndGoesOnLearning()
    {
        using var folder = new TemporaryFolder();
        var model = Fit(Options with { Normalizes = true, Poolings = [Pooling.Max] });
        model.SavePretrained(folder.Path);
        var modules = JsonNode.Parse(File.ReadAllText(folder.File("modules.json")))!.AsArray();
        Assert.Equal(["Transformer", "Pooling", "Normalize"], modules.Select(module => ((string)module!["type"]!).Split('.')[^1]));
        Assert.True((bool)JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "1_Pooling", "config.json")))!["pooling_mode_max_tokens"]!);

        var expected = Embed(model, "au av");
        Assert.Equal(1, expected[0].Sum(value => value * value), 1e-5f);
        var featurizer = mlContext.Transforms.Text.FeaturizeTextWithTransformer("Embedding", "Text", folder.Path).Fit(Data("au av"));
        Assert.Equal(expected[0], featurizer.Transform(Data("au av")).GetColumn<float[]>("Embedding").Single());

        var continued = Fit(Options with { PretrainedFolder = folder.Path, Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 });
        Assert.All(expected[0].Zip(Embed(continued, "au av")[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void AFeaturizerTakesTheTrainedModelForAnotherColumn()
    {
        var model = Fit(Options);
        var data = mlContext.Data.LoadFromEnumerable(new[] { new Row { Text = "au", Partner = "bu bx" } });
        var featurized = mlContext.Transforms.Text.FeaturizeTextWithTransformer("Vector", "Partner", model).Fit(data).Transform(data);
        Assert.Equal(Embed(model, "bu bx")[0], featurized.GetColumn<float[]>("Vector").Single());
    }

    [Fact]
    public void ValidatesByWhatItLearns()
    {
        var model = Fit(Options with { ValidationSet = Rows(), NegativeColumnName = "Negative", Loss = new TripletLoss() });
        Assert.True(model.TrainingResult!.Validation!.Metric > 0.95);
    }

    /// <summary>Cosines 1, 0.6, 0 and -1 against similarities, worked by hand: ranks 4 3 2 1 against 4 2 3 1.</summary>
    [Fact]
    public void EvaluatesCosinesAgainstSimilarities()
    {
        var data = mlContext.Data.LoadFromEnumerable(new[]
        {
            new Vectors { Embedding = [2, 0], PartnerEmbedding = [5, 0], Similarity = 10 },
            new Vectors { Embedding = [0, 3], PartnerEmbedding = [4, 3], Similarity = 4 },
            new Vectors { Embedding = [1, 0], PartnerEmbedding = [0, 1], Similarity = 6 },
            new Vectors { Embedding = [1, 1], PartnerEmbedding = [-2, -2], Similarity = 0 },
        });
        var metrics = mlContext.SentenceEmbedding.Evaluate(data);
        // Deviations 0.85 0.45 -0.15 -1.15 and 5 -1 1 -5.
        Assert.Equal((0.85 * 5 - 0.45 - 0.15 + 1.15 * 5) / Math.Sqrt((0.7225 + 0.2025 + 0.0225 + 1.3225) * (25 + 1 + 1 + 25)), metrics.Pearson, 1e-6);
        Assert.Equal(0.8, metrics.Spearman, 1e-9);
        Assert.Equal(4, metrics.Count);
        Assert.Contains("'Text'", Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.SentenceEmbedding.Evaluate(Data("au"), firstEmbeddingColumnName: "Text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesWhatCannotBe()
    {
        Assert.Contains("NegativeColumnName", Refused(Options with { Loss = new TripletLoss() }), StringComparison.Ordinal);
        Assert.Contains("CoSentLoss needs a SimilarityColumnName", Refused(Options with { Loss = new CoSentLoss() }), StringComparison.Ordinal);
        Assert.Contains("has no use for a SimilarityColumnName", Refused(Options with { Loss = new MultipleNegativesRankingLoss(), SimilarityColumnName = "Similarity" }), StringComparison.Ordinal);
        Assert.Contains("Scale", Refused(Options with { Loss = new MultipleNegativesRankingLoss(0) }), StringComparison.Ordinal);
        Assert.Contains("MinimumSimilarity", Refused(Options with { SimilarityColumnName = "Similarity", MinimumSimilarity = 1 }), StringComparison.Ordinal);
        Assert.Contains("Row 1 is out of range: 'Similarity' is 5, not within 0 to 1",
            Assert.Throws<ArgumentException>(() => { Fit(Options with { PartnerColumnName = "Other", SimilarityColumnName = "Similarity" }); }).Message);

        string Refused(SentenceEmbeddingOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => { mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(options); }).Message;
    }

    private FineTunedTransformer Fit(SentenceEmbeddingOptions options) => mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(options).Fit(Rows());

    private IDataView Rows() => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(index =>
    {
        var random = new Random(index);
        var (kind, other) = (index % Kinds, (index + 1 + random.Next(Kinds - 1)) % Kinds);
        var alike = random.Next(2) == 0;
        return new Row
        {
            Text = Sentence(kind, random),
            Partner = Sentence(kind, random),
            Negative = Sentence(other, random),
            Other = Sentence(alike ? kind : other, random),
            Similarity = alike ? 5 : 0,
        };
    }).ToArray());

    /// <summary>Words of one kind begin with the same letter.</summary>
    private static string Sentence(int kind, Random random) =>
        string.Join(' ', Enumerable.Range(0, 2 + random.Next(4)).Select(_ => $"{(char)('a' + kind)}{(char)('u' + random.Next(4))}"));

    private IDataView Data(params string[] texts) => mlContext.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));

    private float[][] Embed(FineTunedTransformer model, params string[] texts) => [.. model.Transform(Data(texts)).GetColumn<float[]>("Embedding")];

    private static double Cosine(float[] first, float[] second) =>
        first.Zip(second, (x, y) => (double)x * y).Sum() / Math.Sqrt(first.Sum(x => (double)x * x) * second.Sum(y => (double)y * y));

    private sealed class Vectors
    {
        [VectorType(2)]
        public float[] Embedding { get; set; } = [];

        [VectorType(2)]
        public float[] PartnerEmbedding { get; set; } = [];

        public float Similarity { get; set; }
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string Partner { get; set; } = "";

        public string Negative { get; set; } = "";

        public string Other { get; set; } = "";

        public float Similarity { get; set; }
    }
}
