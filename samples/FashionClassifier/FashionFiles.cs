using System.Buffers.Binary;
using System.IO.Compression;

namespace FashionClassifier;

/// <summary>The four files that <see href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</see> is published as: 60,000 and 10,000 grey images in ten classes.</summary>
public sealed class FashionFiles
{
    /// <summary>Pixels from one side of an image to the other.</summary>
    public const int Side = 28;

    /// <summary>Pixels of an image, a byte each.</summary>
    public const int Pixels = Side * Side;

    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private readonly string folder;

    private FashionFiles(string folder) => this.folder = folder;

    /// <summary>What the labels 0 to 9 stand for.</summary>
    public static string[] Names { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The files' folder: what the environment variable FASHION_MNIST names, else <c>fashion-mnist</c> here, else where Debian's package puts it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none; the message says how to get it.</exception>
    public static FashionFiles Find()
    {
        string?[] folders = [Environment.GetEnvironmentVariable("FASHION_MNIST"), "fashion-mnist", DebianFolder];
        return folders.FirstOrDefault(Directory.Exists) is { } found
            ? new FashionFiles(found)
            : throw new DirectoryNotFoundException("""
                Fashion-MNIST is not here. On Debian and its like: apt-get install dataset-fashion-mnist. Elsewhere: put the four files
                {train,t10k}-{images-idx3,labels-idx1}-ubyte.gz of https://github.com/zalandoresearch/fashion-mnist into a folder
                "fashion-mnist" beside this program's working directory, or name the folder in the environment variable FASHION_MNIST.
                """);
    }

    /// <summary>The images of a part, <c>train</c> or <c>t10k</c>, one after the other, and their labels.</summary>
    public (byte[] Images, byte[] Labels) Read(string part) =>
        (Open($"{part}-images-idx3-ubyte.gz", dimensions: 3), Open($"{part}-labels-idx1-ubyte.gz", dimensions: 1));

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
