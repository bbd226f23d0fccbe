using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Models that read images learn the same where their layers are computed again for the backward pass.</summary>
public class ImageCheckpointingTests
{
    public static TheoryData<string> Models => [.. TinyImageConfigs.All.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void ChangesNothingOfWhatIsLearnt(string name)
    {
        var expected = Train(name, gradientCheckpointing: false);
        var actual = Train(name, gradientCheckpointing: true);
        Assert.Equal(expected.Length, actual.Length);
        // Sums over what layers share come in another order.
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    private static double[] Train(string name, bool gradientCheckpointing)
    {
        manual_seed(1);
        var config = TinyImageConfigs.All[name];
        using var model = ImageModel.ForClassification(config);
        model.to(ScalarType.Float64);
        var (size, channels) = (config.ImageSize, config.Channels);
        var half = Enumerable.Repeat(0.5, channels).ToArray();
        var processor = new ImageProcessor { Resizes = false, Mean = half, Deviation = half };
        var examples = Enumerable.Range(0, 6).Select(index => new LabeledImage(() => Noise(size, channels, index), index % 3)).ToArray();
        var options = new TrainingOptions { Epochs = 2, Batching = new FixedSize(3), LearningRate = 1e-3, Seed = 1, GradientCheckpointing = gradientCheckpointing };
        new TrainingRun<LabeledImage>(new DoubleTask(model, processor), options).Run(examples);
        return [.. model.named_parameters().SelectMany(pair => Tensors.Values(pair.parameter))];
    }

    private static PixelImage Noise(PixelSize size, int channels, int seed)
    {
        var pixels = new byte[size.Height * size.Width * channels];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(size.Width, size.Height, channels, pixels);
    }

    /// <summary>In a precision in which another order of sums is not seen.</summary>
    private sealed class DoubleTask(ImageModel model, ImageProcessor processor) : TrainingTask<LabeledImage>(model)
    {
        public override int LengthOf(LabeledImage example) => 1;

        public override BatchLoss Loss(TrainingBatch<LabeledImage> batch)
        {
            using var images = processor.Batch([.. batch.Examples.Select(example => example.Image)]);
            var hidden = model.Backbone.call(new ImageBatch(images.Pixels.to(ScalarType.Float64)));
            var labels = tensor([.. batch.Examples.Select(example => (long)example.Label)], [batch.Examples.Count]);
            return new(nn.functional.cross_entropy(model.Head.call(hidden), labels), batch.Examples.Count);
        }

        public override BatchScore Score(TrainingBatch<LabeledImage> batch) => new(0, 0, 1);
    }
}
