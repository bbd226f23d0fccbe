using FashionClassifier;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Benchmarks.Images;

/// <summary>The images of <see cref="FashionFiles"/>, as models are trained by.</summary>
internal sealed class FashionMnist
{
    private FashionMnist(IReadOnlyList<LabeledImage> training, IReadOnlyList<LabeledImage> test) => (Training, Test) = (training, test);

    public IReadOnlyList<LabeledImage> Training { get; }

    public IReadOnlyList<LabeledImage> Test { get; }

    public static FashionMnist Open()
    {
        var files = FashionFiles.Find();
        return new(Read(files, "train"), Read(files, "t10k"));
    }

    /// <summary>A random tenth of the training images in the place of the test set: what settings are chosen by.</summary>
    public FashionMnist HeldOut()
    {
        var order = Training.ToArray();
        new Random(0).Shuffle(order);
        return new FashionMnist(order[6000..], order[..6000]);
    }

    /// <summary>The same with fewer training images, for a first look.</summary>
    public FashionMnist Take(int images) => new([.. Training.Take(images)], Test);

    private static LabeledImage[] Read(FashionFiles files, string part)
    {
        var (images, labels) = files.Read(part);
        return [.. images.Chunk(FashionFiles.Pixels).Zip(labels, (pixels, label) => ImageOf(new PixelImage(FashionFiles.Side, FashionFiles.Side, 1, pixels), label))];
    }

    private static LabeledImage ImageOf(PixelImage image, byte label) => new(() => image, label);
}
