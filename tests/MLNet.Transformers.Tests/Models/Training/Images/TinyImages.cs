using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Images whose class is the side that is bright, and models that learn it in a moment.</summary>
internal static class TinyImages
{
    /// <summary>What the models read.</summary>
    public static VitConfig Config { get; } = new()
    {
        ImageSize = 8,
        PatchSize = 4,
        Channels = 1,
        HiddenSize = 16,
        Layers = 2,
        Heads = 2,
        InnerSize = 32,
        InitializerRange = 0.1,
        LabelNames = ["top", "bottom", "left", "right"],
    };

    public static ImageProcessor Processor { get; } = ImageProcessor.Of(Config);

    /// <summary>Grey noise, brighter on one side.</summary>
    public static IReadOnlyList<LabeledImage> Examples { get; } = [.. Enumerable.Range(0, 96).Select(index => new LabeledImage(() => Image(index), index % 4))];

    /// <summary>The same without their classes.</summary>
    public static IReadOnlyList<UnlabeledImage> Unlabeled { get; } = [.. Examples.Select(example => new UnlabeledImage(example.Image))];

    /// <summary>A classifier that is the same at every call.</summary>
    public static ImageModel Create(int seed = 1)
    {
        manual_seed(seed);
        return ImageModel.ForClassification(Config);
    }

    /// <summary>A batch that nothing was prepared of.</summary>
    public static TrainingBatch<LabeledImage> Batch(int count, int seed = 1) => new([.. Examples.Take(count)], 1, new Random(seed)) { Epoch = 1 };

    /// <summary>Every weight and buffer by name, copied.</summary>
    public static Dictionary<string, float[]> State(nn.Module model) =>
        model.named_parameters().Select(pair => (pair.name, Tensor: (Tensor)pair.parameter))
            .Concat(model.named_buffers().Select(pair => (pair.name, Tensor: pair.buffer)))
            .ToDictionary(pair => pair.name, pair => pair.Tensor.detach().data<float>().ToArray());

    private static PixelImage Image(int index)
    {
        var random = new Random(index);
        var pixels = new byte[64];
        for (var row = 0; row < 8; row++)
            for (var column = 0; column < 8; column++)
            {
                var bright = (index % 4) switch { 0 => row < 4, 1 => row >= 4, 2 => column < 4, _ => column >= 4 };
                pixels[row * 8 + column] = (byte)((bright ? 110 : 0) + random.Next(140));
            }
        return new PixelImage(8, 8, 1, pixels);
    }
}
