using Microsoft.ML;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class ContrastiveImageTextTests
{
    private static readonly ContrastiveImageTextOptions Options = new()
    {
        ImageColumnName = "Picture",
        TextColumnName = "Answer",
        Model = StageCase.TinyClip,
        VocabularySize = 100,
        BatchSize = 12,
        Epochs = 30,
        LearningRate = 1e-2,
        Seed = 3,
    };

    private static readonly string[] Templates = ["{}", "{} {}"];

    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>Red pictures are captioned with one fruit and blue ones with one tool: names alone then tell new pictures apart.</summary>
    [Fact]
    public void LearnsWhatWordsLookLike()
    {
        var data = Captioned();
        var trained = mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(Options with { ValidationFraction = 0.2 }).Fit(data);
        Assert.NotNull(trained.TrainingResult!.Validation);
        var zeroShot = mlContext.MulticlassClassification.ClassifyImagesZeroShot(new ZeroShotClassificationOptions
        {
            Labels = ["plum", "saw"],
            Templates = Templates,
            Model = trained,
            ImageColumnName = "Picture",
        }).Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using var engine = mlContext.Model.CreatePredictionEngine<StageRow, Named>(zeroShot);
        Assert.Equal("plum", engine.Predict(new StageRow { Picture = Pictures.Of(isRed: true, 1000) }).PredictedLabel);
        Assert.Equal("saw", engine.Predict(new StageRow { Picture = Pictures.Of(isRed: false, 1001) }).PredictedLabel);
    }

    /// <summary>The scores of a zero-shot classifier, the vectors of both columns and the folder agree with each other.</summary>
    [Fact]
    public void OneSpaceWhicheverWayItIsAsked()
    {
        using var folder = new TemporaryFolder();
        var data = Captioned();
        var trained = mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(Options with { Epochs = 3 }).Fit(data);
        trained.SavePretrained(folder.Path);
        Assert.All(["config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json", "README.md"], file => Assert.True(File.Exists(folder.File(file))));
        var images = Read(trained.Transform(data), "Features");
        var both = mlContext.ImageEmbedding.FeaturizeImagesAndTexts(folder.Path, "Picture", "Answer").Fit(data).Transform(data);
        Near(images.SelectMany(row => row), Read(both, "ImageFeatures").SelectMany(row => row));
        var ofTower = mlContext.Transforms.FeaturizeImageWithTransformer(
            new ImageFeaturizingOptions { ImageColumnName = "Picture", PretrainedFolder = folder.Path, Normalizes = true }).Fit(data).Transform(data);
        Near(images.SelectMany(row => row), Read(ofTower, "Features").SelectMany(row => row));

        // Rows 0 and 1 are captioned with the two names.
        var texts = Read(both, "TextFeatures");
        var factor = Math.Exp(trained.Model.Network.LogitScale.item<float>());
        var expected = images.Select(image => Softmax(factor * Dot(image, texts[0]), factor * Dot(image, texts[1]))).SelectMany(row => row);
        var zeroShot = mlContext.MulticlassClassification.ClassifyImagesZeroShot(["plum", "saw"], folder.Path, "Picture", "{}").Fit(data);
        Near(expected, Read(zeroShot.Transform(data), "Score").SelectMany(row => row));
        Assert.Contains("no published form", Assert.Throws<NotSupportedException>(() => zeroShot.SavePretrained(folder.File("zero-shot"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesOrTextsAlone()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(4));
        var images = mlContext.ImageEmbedding.FeaturizeImagesAndTexts(TinyFolders.Clip, "Picture", null)
            .Fit(mlContext.Transforms.DropColumns("Text").Fit(data).Transform(data));
        Assert.Equal(32, VectorColumn.ReadAll(images.Transform(data), "ImageFeatures").Length);
        var texts = mlContext.ImageEmbedding.FeaturizeImagesAndTexts(TinyFolders.Clip, null).Fit(data);
        Assert.Null(texts.Transform(data).Schema.GetColumnOrNull("ImageFeatures"));
        Assert.Equal(32, VectorColumn.ReadAll(texts.Transform(data), "TextFeatures").Length);
    }

    [Fact]
    public void GoesOnFromATrainedModel()
    {
        var data = Captioned();
        var initial = mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(Options with { Epochs = 2 }).Fit(data);
        var still = mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(Options with { Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).Fit(data, initial);
        Near(VectorColumn.ReadAll(initial.Transform(data), "Features"), VectorColumn.ReadAll(still.Transform(data), "Features"));
    }

    [Fact]
    public void RefusesOptionsThatCannotBe()
    {
        var options = new ZeroShotClassificationOptions { Labels = ["a", "b"], PretrainedFolder = TinyFolders.Clip };
        void Refuses(string part, ZeroShotClassificationOptions wrong) => Assert.Contains(
            part, Assert.ThrowsAny<ArgumentException>(() => { mlContext.MulticlassClassification.ClassifyImagesZeroShot(wrong); }).Message, StringComparison.Ordinal);
        Refuses("fewer than two", options with { Labels = ["a"] });
        Refuses("'a' more than once", options with { Labels = ["a", "b", "a"] });
        Refuses("without a {}", options with { Templates = ["a photo"] });
        Refuses("Exactly one", options with { PretrainedFolder = null });
        Assert.Contains("both null", Assert.Throws<ArgumentException>(() => { mlContext.ImageEmbedding.FeaturizeImagesAndTexts(TinyFolders.Clip, null, null); }).Message);
        var single = mlContext.Data.LoadFromEnumerable(StageRow.Many(1));
        Assert.Contains("single row", Assert.Throws<ArgumentException>(() => { mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(Options).Fit(single); }).Message);
        Assert.Throws<NotSupportedException>(() => { mlContext.MulticlassClassification.ClassifyImagesZeroShot(["a", "b"], TinyFolders.Vit, "Picture").Fit(single); });
    }

    private static float[][] Read(IDataView view, string column) =>
        [.. VectorColumn.ReadAll(view, column).Chunk(((Microsoft.ML.Data.VectorDataViewType)view.Schema[column].Type).Size)];

    private static double Dot(float[] first, float[] second) => first.Zip(second).Sum(pair => (double)pair.First * pair.Second);

    private static float[] Softmax(double first, double second) => [(float)(1 / (1 + Math.Exp(second - first))), (float)(1 / (1 + Math.Exp(first - second)))];

    private static void Near(IEnumerable<float> expected, IEnumerable<float> actual)
    {
        var (wanted, found) = (expected.ToArray(), actual.ToArray());
        Assert.Equal(wanted.Length, found.Length);
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private IDataView Captioned()
    {
        var rows = StageRow.Many();
        foreach (var row in rows)
            row.Answer = row.Class == "fruit" ? "plum" : "saw";
        return mlContext.Data.LoadFromEnumerable(rows);
    }

    private sealed class Named
    {
        public string PredictedLabel { get; set; } = "";
    }
}
