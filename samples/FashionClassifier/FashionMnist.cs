using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.Data;

namespace FashionClassifier;

/// <summary>The 70,000 images of <see href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</see>, in the four files that they are published as.</summary>
public sealed class FashionMnist
{
    /// <summary>Pixels from one side to the other.</summary>
    public const int Side = 28;

    private const int Pixels = Side * Side;
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] Names =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private readonly string folder;

    private FashionMnist(string folder) => this.folder = folder;

    /// <summary>The files' folder: what the environment variable FASHION_MNIST names, else <c>fashion-mnist</c> here, else where Debian's package puts it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none; the message says how to get it.</exception>
    public static FashionMnist Find()
    {
        string?[] folders = [Environment.GetEnvironmentVariable("FASHION_MNIST"), "fashion-mnist", DebianFolder];
        return folders.FirstOrDefault(Directory.Exists) is { } found
            ? new FashionMnist(found)
            : throw new DirectoryNotFoundException("""
                Fashion-MNIST is not here. On Debian and its like: apt-get install dataset-fashion-mnist. Elsewhere: put the four files
                {train,t10k}-{images-idx3,labels-idx1}-ubyte.gz of https://github.com/zalandoresearch/fashion-mnist into a folder
                "fashion-mnist" beside this program's working directory, or name the folder in the environment variable FASHION_MNIST.
                """);
    }

    /// <summary>The 60,000 images to learn from.</summary>
    public IEnumerable<FashionImage> Training(int count) => Read("train", count);

    /// <summary>The 10,000 images to measure by.</summary>
    public IEnumerable<FashionImage> Test(int count) => Read("t10k", count);

    // Made anew each time that somebody goes through them, since whoever reads an image disposes it.
    private IEnumerable<FashionImage> Read(string part, int count)
    {
        var (images, labels) = (Open($"{part}-images-idx3-ubyte.gz", dimensions: 3), Open($"{part}-labels-idx1-ubyte.gz", dimensions: 1));
        foreach (var (index, label) in labels.Take(count).Index())
            yield return new FashionImage { Image = ImageOf(images.AsSpan(index * Pixels, Pixels)), Class = Names[label] };
    }

    private static MLImage ImageOf(ReadOnlySpan<byte> gray)
    {
        var pixels = new byte[4 * Pixels];
        for (var i = 0; i < Pixels; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (gray[i], gray[i], gray[i], 255);
        return MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>The values of a file: a magic number that ends with the number of dimensions, these, then the bytes.</summary>
    private byte[] Open(string name, int dimensions)
    {
        var path = Path.Combine(folder, name);
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[4 + 4 * dimensions];
        stream.ReadExactly(header);
        if (BinaryPrimitives.ReadInt32BigEndian(header) != 0x0800 + dimensions)
            throw new InvalidDataException($"'{path}' is no file of {dimensions}-dimensional bytes.");
        using var values = new MemoryStream();
        stream.CopyTo(values);
        return values.ToArray();
    }
}
