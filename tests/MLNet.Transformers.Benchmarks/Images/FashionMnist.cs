using System.Buffers.Binary;
using System.IO.Compression;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Benchmarks.Images;

/// <summary>
/// <see href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</see>: 60,000 and 10,000 grey images of 28 x 28 pixels in ten
/// classes, from the distribution's package dataset-fashion-mnist or the folder that FASHION_MNIST names.
/// </summary>
internal sealed class FashionMnist
{
    public const int Side = 28;

    public static readonly string[] Labels = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private static readonly string Folder = Environment.GetEnvironmentVariable("FASHION_MNIST") ?? "/usr/share/datasets/fashion-mnist";

    private FashionMnist(IReadOnlyList<LabeledImage> training, IReadOnlyList<LabeledImage> test) => (Training, Test) = (training, test);

    public IReadOnlyList<LabeledImage> Training { get; }

    public IReadOnlyList<LabeledImage> Test { get; }

    public static FashionMnist Open() => new(Read("train"), Read("t10k"));

    /// <summary>A random tenth of the training images in the place of the test set: what settings are chosen by.</summary>
    public FashionMnist HeldOut()
    {
        var order = Training.ToArray();
        new Random(0).Shuffle(order);
        return new FashionMnist(order[6000..], order[..6000]);
    }

    /// <summary>The same with fewer training images, for a first look.</summary>
    public FashionMnist Take(int images) => new([.. Training.Take(images)], Test);

    private static LabeledImage[] Read(string name)
    {
        var pixels = Unpack($"{name}-images-idx3-ubyte.gz", 16);
        var labels = Unpack($"{name}-labels-idx1-ubyte.gz", 8);
        return [.. labels.Select((label, index) => ImageOf(new PixelImage(Side, Side, 1, pixels[(index * Side * Side)..((index + 1) * Side * Side)]), label))];
    }

    private static LabeledImage ImageOf(PixelImage image, byte label) => new(() => image, label);

    /// <summary>The values of a file in the format IDX, behind its header.</summary>
    private static byte[] Unpack(string file, int headerLength)
    {
        var path = Path.Combine(Folder, file);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no '{path}': install dataset-fashion-mnist, or name the folder in FASHION_MNIST.", path);
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        var count = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        var values = new byte[count * (headerLength == 16 ? Side * Side : 1)];
        stream.ReadExactly(values);
        return values;
    }
}
