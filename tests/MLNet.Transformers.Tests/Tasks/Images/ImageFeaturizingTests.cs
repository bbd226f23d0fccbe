using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Tests;

public sealed class ImageFeaturizingTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>What the stage gives is what the folder's own backbone gives of the same pixels.</summary>
    [Theory]
    [InlineData(ImageFeatures.ClassToken, 16)]
    [InlineData(ImageFeatures.Mean, 16)]
    [InlineData(ImageFeatures.ClassAndMean, 32)]
    [InlineData(ImageFeatures.PatchTokens, 64)]
    public void GivesWhatTheBackboneGives(ImageFeatures features, int size)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var rows = StageRow.Many(5);
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var view = mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", TinyFolders.Vit, features).Fit(data).Transform(data);
        Assert.Equal(size, ((VectorDataViewType)view.Schema["Features"].Type).Size);

        using var backbone = PretrainedImageFolder.Open(TinyFolders.Vit).LoadBackbone();
        var images = rows.Select<StageRow, Func<PixelImage>>(row => () => ImageFile.Decode(row.Picture, "It")).ToArray();
        using var batch = ImageProcessor.Open(TinyFolders.Vit).Batch(images);
        var hidden = backbone.call(batch);
        var (first, patches) = (hidden.select(1, 0), hidden.narrow(1, 1, 4));
        var expected = features switch
        {
            ImageFeatures.ClassToken => first,
            ImageFeatures.Mean => patches.mean([1]),
            ImageFeatures.ClassAndMean => torch.cat([first, patches.mean([1])], 1),
            _ => patches,
        };
        Assert.All(
            expected.contiguous().data<float>().ToArray().Zip(VectorColumn.ReadAll(view, "Features")),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void PatchesAreCountedByTheImagesThatTheModelReads()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(3));
        var larger = mlContext.Transforms.FeaturizeImageWithTransformer(new ImageFeaturizingOptions
        {
            ImageColumnName = "Picture",
            PretrainedFolder = TinyFolders.Vit,
            Features = ImageFeatures.PatchTokens,
            Processor = ImageProcessor.Of("vit", 12, 3),
        }).Fit(data).Transform(data);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 9, 16), larger.Schema["Features"].Type);
        Assert.Equal(3 * 9 * 16, VectorColumn.ReadAll(larger, "Features").Length);
    }

    [Fact]
    public void ATrainedModelGivesWhatItsFolderGives()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
        var trained = mlContext.MulticlassClassification.Trainers.TransformerImageClassification(
            new ImageClassificationOptions { ImageColumnName = "Picture", Model = StageCase.TinyVision, BatchSize = 16 }).Fit(keyed);
        trained.SavePretrained(folder.Path);
        var ofModel = mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", trained).Fit(data);
        var ofFolder = mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", folder.Path).Fit(data);
        trained.Dispose();
        Assert.Equal(VectorColumn.ReadAll(ofFolder.Transform(data), "Features"), VectorColumn.ReadAll(ofModel.Transform(data), "Features"));
    }

    [Fact]
    public void FeedsAnyTrainer()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", TinyFolders.Vit))
            .AppendCacheCheckpoint(mlContext)
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(data);
        Assert.InRange(mlContext.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, 0.9, 1);
    }

    [Fact]
    public void RefusesOptionsThatContradictEachOther()
    {
        Assert.Contains("Exactly one", Assert.Throws<ArgumentException>(() => { mlContext.Transforms.FeaturizeImageWithTransformer(new ImageFeaturizingOptions()); }).Message);
        Assert.Contains("BatchSize", Assert.ThrowsAny<ArgumentException>(() => { mlContext.Transforms.FeaturizeImageWithTransformer(new ImageFeaturizingOptions { PretrainedFolder = TinyFolders.Vit, BatchSize = 0 }); }).Message);
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(2));
        Assert.Throws<DirectoryNotFoundException>(() => { mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", "nowhere").Fit(data); });
        Assert.Throws<NotSupportedException>(() => { mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", TinyFolders.Bert).Fit(data); });
    }
}
