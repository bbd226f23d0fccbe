using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class FewShotTextClassificationTests
{
    private static readonly FewShotTextClassificationOptions Options = new() { Model = StageCase.TinyModel, VocabularySize = 100, BatchTokens = 512, LearningRate = 1e-2, Seed = 1 };

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void LearnsFromEightTextsAClass()
    {
        using var folder = new TemporaryFolder();
        var (model, test) = (Fit(Options, 16), Data(StageRow.Many(200).Skip(16)));
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(test));
        Assert.True(metrics.MicroAccuracy > 0.9, $"micro-accuracy {metrics.MicroAccuracy}");
        Assert.Equal(Pooling.Mean, model.LastTransformer.Config.ClassifierPooling);

        // What was learnt is a classifier like any other.
        model.LastTransformer.SavePretrained(folder.Path);
        using var classifier = PretrainedFolder.Open(folder.Path).LoadClassifier();
        Assert.Equal(["fruit", "tool"], classifier.Config.LabelNames);
    }

    [Fact]
    public void ValidatesTheWholeClassifier()
    {
        var validation = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(StageRow.Many(16))).Transform(Data(StageRow.Many(100).Skip(16)));
        var model = Fit(Options with { ValidationSet = validation }, 16);
        var metrics = mlContext.MulticlassClassification.Evaluate(model.LastTransformer.Transform(validation));
        Assert.Equal(metrics.MicroAccuracy, model.LastTransformer.TrainingResult!.Validation!.Metric, 1e-6);
        Assert.Equal(metrics.LogLoss, model.LastTransformer.TrainingResult.Validation.Loss, 1e-4);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        float[] Scores(int seed) => VectorColumn.ReadAll(Fit(Options with { Seed = seed, PairsOfEach = 2 }, 16).Transform(Data(StageRow.Many())), "Score");
        Assert.Equal(Scores(1), Scores(1));
        Assert.NotEqual(Scores(1), Scores(2));
    }

    [Fact]
    public void StartsFromASentenceTransformersFolder()
    {
        using var folder = new TemporaryFolder();
        var rows = Data(StageRow.Many());
        mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(new SentenceEmbeddingOptions { Model = StageCase.TinyModel, VocabularySize = 100, PartnerColumnName = "Pair", Epochs = 1 })
            .Fit(rows).SavePretrained(folder.Path);
        var model = Fit(Options with { PretrainedFolder = folder.Path }, 16);
        Assert.Equal(16, model.LastTransformer.Config.HiddenSize);
    }

    private TransformerChain<FineTunedTransformer> Fit(FewShotTextClassificationOptions options, int texts) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.MulticlassClassification.Trainers.TransformerFewShotTextClassification(options))
            .Fit(Data(StageRow.Many(texts)));

    private IDataView Data(IEnumerable<StageRow> rows) => mlContext.Data.LoadFromEnumerable(rows);
}
