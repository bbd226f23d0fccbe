using System.IO.Compression;
using System.Text;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Files that look like those of torch.save and mean no good: nothing in them runs, and each is refused by name.</summary>
public class HostileTorchFileTests
{
    private static readonly string Saved = Golden.Folder("torch-saved");

    public static TheoryData<string, string> HostilePickles => new()
    {
        { "cposix\nsystem\nX\u000a\0\0\0touch runs\u0085R.", "posix.system" },
        { "cbuiltins\neval\nX\u0001\0\0\01\u0085R.", "builtins.eval" },
        { Named("c__main__\nModel\n)\u0081"), "0x81" },
        { Named("c__main__\nModel\n)R"), "__main__.Model" },
        { Named("cposix\nsystem\n"), "posix.system" },
        { Named("ctorch._utils\n_rebuild_tensor_v2\n)R"), "_rebuild_tensor_v2" },
        { Named("ctorch._utils\n_rebuild_qtensor\n)R"), "_rebuild_qtensor" },
        { Named("ccollections\nOrderedDict\nK\u0001\u0085R"), "OrderedDict" },
        { Named("X\u0001\0\0\0aR"), "Reduce" },
        { Named("K\u0003"), "'a'" },
        { Named("N"), "None" },
        { Named("}"), "a dictionary" },
        { Named("]"), "a list" },
        { "}(K\u0001K\u0002u.", "'1'" },
        { "].", "a list" },
        { "N.", "None" },
        { "}}R.", "Reduce" },
        { ".", "stack" },
        { "u.", "mark" },
        { "(u.", "stack" },
        { "}(K\u0001u.", "key without a value" },
        { "N(0.", "stack" },
        { "K\u0001a.", "stack" },
        { "NNa.", "no list" },
        { "NNNs.", "no dictionary" },
        { "h\u0007.", "7" },
        { "j\u0007\0\0\0.", "7" },
        { "V", "0x56" },
        { "\u0080\u0009.", "protocol 9" },
        { "X\u00ff\u00ff\u00ff\u00ffa.", "ends" },
        { "T\u00ff\u00ff\u00ff\u00ffa.", "ends" },
        { "\u008a\u00ff.", "255" },
        { new string('c', 5000), "name" },
        { "K\u0001Q.", "no storage" },
        { Named("((K\u0001K\u0002K\u0003K\u0004K\u0005tQ"), "no storage" },
        { Named(Storage("torch\nComplexFloatStorage")), "torch.ComplexFloatStorage" },
        { Named(Storage("other\nFloatStorage")), "other.FloatStorage" },
        { Rebuilt("K\0", "K\u0005\u0085", "K\u0001\u0085"), "'a'" },
        { Rebuilt("K\u0001", "K\u0004\u0085", "K\u0001\u0085"), "'a'" },
        { Rebuilt("J\u00ff\u00ff\u00ff\u00ff", "K\u0001\u0085", "K\u0001\u0085"), "'a'" },
        { Rebuilt("K\0", "K\u0002\u0085", "J\u00ff\u00ff\u00ff\u00ff\u0085"), "'a'" },
        { Rebuilt("K\0", "J\u00ff\u00ff\u00ff\u00ff\u0085", "K\u0001\u0085"), "'a'" },
        { Rebuilt("K\0", "K\u0002K\u0002\u0086", "K\u0001\u0085"), "'a'" },
        { Rebuilt("K\0", "K\0\u008a\u0008\0\0\0\0\0\0\0\u0040\u008a\u0008\0\0\0\0\0\0\0\u0040\u0087", "K\0K\0K\0\u0087"), "'a'" },
        { Rebuilt("K\0", "\u008a\u0008\0\0\0\0\0\0\0\u0040\u0085", "\u008a\u0008\0\0\0\0\0\0\0\u0040\u0085"), "'a'" },
        { Rebuilt("\u008a\u0009\0\0\0\0\0\0\0\0\u0001", "K\u0001\u0085", "K\u0001\u0085"), "_rebuild_tensor_v2" },
        { Rebuilt("K\0", "X\u0001\0\0\0a\u0085", "K\u0001\u0085"), "integers" },
        { Rebuilt("K\0", "K\u0004\u0085", "K\u0001\u0085", "K\u0005"), "20 bytes" },
        { Rebuilt("K\0", "K\u0004\u0085", "K\u0001\u0085", key: "7"), "'7'" },
    };

    [Theory]
    [MemberData(nameof(HostilePickles))]
    public void AHostilePickleIsRefused(string pickle, string named)
    {
        using var folder = new TemporaryFolder();
        var path = Archive(folder, pickle);
        var exception = Assert.Throws<InvalidDataException>(() => TorchFile.Open(path));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void ATensorWrittenByHandIsRead()
    {
        using var folder = new TemporaryFolder();
        using var weights = TorchFile.Open(Archive(folder, Rebuilt("K\u0001", "K\u0003\u0085", "K\u0001\u0085")));
        using var tensor = weights.Read("a");
        Tensors.Equal([2, 3, 4], tensor, 0);
    }

    [Fact]
    public void AnExpandedTensorTakesNoMoreMemoryThanItsElements()
    {
        using var folder = new TemporaryFolder();
        using var weights = TorchFile.Open(Archive(folder, Rebuilt("K\u0002", "\u008a\u0006\0\0\0\0\0\u0001\u0085", "K\0\u0085")));
        using var tensor = weights.Read("a");
        Assert.Equal([1L << 40], tensor.shape);
        using var first = tensor[1L << 39];
        Assert.Equal(3, first.item<float>());
    }

    [Fact]
    public void AnArchiveThatIsNoneIsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "other.bin");
        foreach (var content in new[] { "", "P", "PK\u0003\u0004", "text", "{}", "\u0080\u0002}q\0.", new string('x', 100_000) })
        {
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => TorchFile.Open(path)).Message, StringComparison.Ordinal);
        }
        Assert.Throws<FileNotFoundException>(() => TorchFile.Open(Path.Combine(folder.Path, "none.bin")));
    }

    [Fact]
    public void ACompressedOrForeignOrBigEndianArchiveIsRefused()
    {
        using var folder = new TemporaryFolder();
        var tensor = Rebuilt("K\0", "K\u0004\u0085", "K\u0001\u0085");
        Assert.Contains("compressed", Assert.Throws<InvalidDataException>(() => TorchFile.Open(Archive(folder, tensor, CompressionLevel.Optimal))).Message, StringComparison.Ordinal);
        Assert.Contains("data.pkl", Assert.Throws<InvalidDataException>(() => TorchFile.Open(Archive(folder, tensor, name: "other.pkl"))).Message, StringComparison.Ordinal);
        Assert.Contains("little-endian", Assert.Throws<InvalidDataException>(() => TorchFile.Open(Archive(folder, tensor, byteOrder: "big"))).Message, StringComparison.Ordinal);
        TorchFile.Open(Archive(folder, tensor, byteOrder: "little")).Dispose();
    }

    [Theory]
    [InlineData("zip.bin")]
    [InlineData("legacy.bin")]
    public void EveryTruncationIsRefused(string file)
    {
        using var folder = new TemporaryFolder();
        var (path, whole) = (Path.Combine(folder.Path, file), File.ReadAllBytes(Path.Combine(Saved, file)));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => TorchFile.Open(path));
        }
    }

    [Theory]
    [InlineData("zip.bin", 1)]
    [InlineData("legacy.bin", 2)]
    [InlineData("protocol4.bin", 3)]
    public void DamagedFilesAreReadOrRefused(string file, int seed)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, file);
        var refused = Fuzz.Files(File.ReadAllBytes(Path.Combine(Saved, file)), seed, 1500, damaged =>
        {
            File.WriteAllBytes(path, damaged);
            using var weights = TorchFile.Open(path);
            foreach (var name in weights.Tensors.Keys)
                weights.Read(name).Dispose();
        });
        Assert.InRange(refused, 150, 1499);
    }

    /// <summary>A dictionary with the one key "a".</summary>
    private static string Named(string value) => $"}}X\u0001\0\0\0a{value}s.";

    /// <summary>A storage: what is tagged so, its type, key, device and number of elements.</summary>
    private static string Storage(string type, string key = "0", string count = "K\u0004") =>
        $"(X\u0007\0\0\0storagec{type}\nX\u0001\0\0\0{key}X\u0003\0\0\0cpu{count}tQ";

    /// <summary>A tensor over a storage of floats.</summary>
    private static string Rebuilt(string start, string shape, string strides, string count = "K\u0004", string key = "0") =>
        Named($"ctorch._utils\n_rebuild_tensor_v2\n({Storage("torch\nFloatStorage", key, count)}{start}{shape}{strides}\u0089}}tR");

    /// <summary>A file with a pickle, and the numbers 1 to 4 as the storage 0.</summary>
    private static string Archive(TemporaryFolder folder, string pickle, CompressionLevel compression = CompressionLevel.NoCompression, string name = "data.pkl", string? byteOrder = null)
    {
        var path = Path.Combine(folder.Path, "pytorch_model.bin");
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        void Add(string entry, byte[] content)
        {
            using var stream = archive.CreateEntry($"archive/{entry}", compression).Open();
            stream.Write(content);
        }
        Add(name, Encoding.Latin1.GetBytes(pickle));
        Add("data/0", [.. new float[] { 1, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)]);
        if (byteOrder is not null)
            Add("byteorder", Encoding.ASCII.GetBytes(byteOrder));
        return path;
    }
}
