using MLNet.Transformers.Models;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>
/// Every family that reads images against an independent computation: tiny models under their published names, written by Python, and
/// what loops over PyTorch tensors, written from the papers, make of them in double precision. See Reference/image_reference.py.
/// </summary>
public class ImageReferenceTests(ImageReferenceFolder reference, ITestOutputHelper output) : IClassFixture<ImageReferenceFolder>
{
    private static readonly Dictionary<string, Func<ImageConfig, ImageBackbone, ImageHead>> Heads = new()
    {
        [nameof(ImageClassification)] = ImageClassification.Of,
        [nameof(DistilledImageClassification)] = DistilledImageClassification.Of,
        [nameof(ImageProjection)] = ImageProjection.Of,
    };

    private readonly ReferenceComparison comparison = new(output);

    public static TheoryData<string> Families => [.. Architectures.Of<ImageConfig>().Select(architecture => architecture.ModelType)];

    [PyTorchTheory]
    [MemberData(nameof(Families))]
    public void OutputsAttentionsAndGradientsAreThoseOfThePaper(string family)
    {
        var models = Directory.GetDirectories(Path.Combine(reference.Path, family)).SelectMany(Directory.GetDirectories).ToList();
        Assert.NotEmpty(models);
        foreach (var path in models)
            Compare(path, Path.GetRelativePath(reference.Path, path));
    }

    [PyTorchFact]
    public void WhatIsSavedGivesTheSameInPyTorch()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var folder = new TemporaryFolder();
        var saved = TinyImageConfigs.All.Select(entry => Save(entry.Value, Path.Combine(folder.Path, entry.Key))).ToList();

        PyTorch.Run("run_saved_images.py", folder.Path);

        foreach (var (path, model, batch) in saved)
        {
            using var computed = SafetensorsFile.Open(Path.Combine(path, "outputs.safetensors"));
            var name = Path.GetRelativePath(folder.Path, path);
            comparison.Equal($"{name}: hidden", computed.Read("hidden"), model.Backbone.call(batch));
            comparison.Equal($"{name}: output", computed.Read("output"), model.call(batch));
            model.Dispose();
        }
    }

    private static (string Path, ImageModel Model, ImageBatch Batch) Save(ImageConfig config, string folder)
    {
        manual_seed(3);
        var model = ImageModel.ForClassification(config);
        model.eval();
        var path = Path.Combine(folder, model.Head.GetType().Name);
        PretrainedImageFolder.Save(model, path);
        var batch = new ImageBatch(randn(3, config.Channels, config.ImageSize.Height, config.ImageSize.Width));
        using var stream = File.Create(Path.Combine(path, "batch.safetensors"));
        SafetensorsWriter.Write(stream, [("pixels", batch.Pixels)]);
        return (path, model, batch);
    }

    private void Compare(string path, string name)
    {
        using var scope = NewDisposeScope();
        using var expected = SafetensorsFile.Open(Path.Combine(path, "outputs.safetensors"));
        var pretrained = PretrainedImageFolder.Open(path);
        var (model, fresh) = pretrained.Load(Heads[Path.GetFileName(path)]);
        Assert.Empty(fresh);
        var masked = expected.Tensors.ContainsKey("masked") ? expected.Read("masked") : null;
        using var batch = new ImageBatch(expected.Read("pixels")) { MaskedPatches = masked };
        using var trace = new LayerTrace(keepsAttentions: true);
        model.eval();

        var output = model.call(batch);
        comparison.Equal($"{name}: hidden", expected.Read("hidden"), model.Backbone.call(batch));
        comparison.Equal($"{name}: output", expected.Read("output"), output);
        using (no_grad())
            comparison.Equal($"{name}: traced", expected.Read("hidden"), model.Backbone.forward(batch, trace));
        Assert.NotEmpty(trace.Attentions);
        foreach (var (layer, weights) in trace.Attentions.Index())
            comparison.Equal($"{name}: attention {layer}", expected.Read($"attention.{layer}"), weights);
        (output * expected.Read("direction")).sum().backward();
        var names = Architectures.Find(pretrained.Config.ModelType).NamesFor(pretrained.Config);
        foreach (var (ours, parameter) in model.named_parameters())
        {
            var published = names.Publish(ReferenceComparison.InTables(ours, model.Head));
            if (ReferenceComparison.HasGradient(expected, published))
                comparison.Equal($"{name}: gradient of {ours}", ReferenceComparison.Gradient(expected, published, parameter.shape), parameter.grad!);
            else
                Assert.True(parameter.grad is null, $"{name}: {ours} has a gradient, and should have none");
        }
        model.Dispose();
    }
}
