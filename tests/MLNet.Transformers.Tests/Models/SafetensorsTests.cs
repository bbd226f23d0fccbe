using System.Buffers.Binary;
using System.Text;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>The safetensors format: round trips, files of others, and everything that a hostile file may try.</summary>
public class SafetensorsTests
{
    public static TheoryData<string, string> HostileHeaders => new()
    {
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "duplicate" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "16" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "'b'" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "names 4" },
        { """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,8]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "cannot be read" },
        { """{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "F31" },
        { """{"a":{"dtype":1,"shape":[2],"data_offsets":[0,8]}}""", "cannot be read" },
        { """{"a":{"shape":[2],"data_offsets":[0,8]}}""", "cannot be read" },
        { """{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "cannot be read" },
        { """{"a":{"dtype":"F32","shape":[0,4611686018427387904,4611686018427387904],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\u0061":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "duplicate" },
        { """{"__metadata__":{"format":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'format'" },
        { """{"__metadata__":"pt","a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "cannot be read" },
        { $$$"""{"a":{"dtype":"F32","shape":[2{{{string.Concat(Enumerable.Repeat(",1", 64))}}}],"data_offsets":[0,8]}}""", "'a'" },
        { """{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "cannot be read" },
        { """{"a\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "cannot be read" },
        { """{"a":3}""", "cannot be read" },
        { """[]""", "cannot be read" },
        { """{"a":""", "cannot be read" },
        { new string('[', 5000), "cannot be read" },
    };

    [Fact]
    public void EveryElementTypeSurvives()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "all.safetensors");
        (string, Tensor)[] written =
        [
            ("f64", tensor([1.5, -2.25, 1e300])), ("f32", tensor([1.5f, float.NaN, float.PositiveInfinity])), ("f16", tensor([1.5f, -2]).to(ScalarType.Float16)),
            ("bf16", tensor([1.5f, -3]).to(ScalarType.BFloat16)), ("i64", tensor([long.MinValue, 7L])), ("i32", tensor([int.MinValue, 7])),
            ("i16", tensor([-7, 7]).to(ScalarType.Int16)), ("i8", tensor([-7, 7]).to(ScalarType.Int8)), ("u8", tensor(new byte[] { 200, 7 })),
            ("bool", tensor([true, false])), ("scalar", tensor(3f)), ("empty", zeros(0, 4)), ("matrix", arange(6).reshape(2, 3)), ("turned", arange(6).reshape(2, 3).t()),
        ];
        SafetensorsWriter.WriteFile(path, written);

        using var file = SafetensorsFile.Open(path);
        using var bytes = File.OpenRead(path);
        using var stream = SafetensorsStream.Read(bytes, "stream");

        Assert.Equal(written.Length, file.Tensors.Count);
        foreach (var (name, expected) in written)
            foreach (var source in new IWeights[] { file, stream })
            {
                using var actual = source.Read(name);
                Assert.Equal(expected.dtype, actual.dtype);
                Assert.Equal(expected.shape, actual.shape);
                Assert.Equal(expected.shape, source.Tensors[name].Shape);
                Assert.Equal(Tensors.Values(expected), Tensors.Values(actual));
            }
        Assert.Equal(bytes.Length, bytes.Position);
    }

    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [("small", tensor(new byte[] { 1 })), ("b", tensor([2f])), ("a", tensor([1f]))]);
        var bytes = stream.ToArray();
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"small":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64, 1], bytes[(8 + length)..]);
    }

    [Fact]
    public void AFileOfAnotherProgramIsRead()
    {
        using var file = SafetensorsFile.Open(Path.Combine(Golden.Folder("bert-tiny"), "model.safetensors"));
        Assert.Equal([31L, 12L], file.Tensors["bert.embeddings.word_embeddings.weight"].Shape);
        Assert.Throws<KeyNotFoundException>(() => file.Read("no such tensor"));
    }

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void AHostileHeaderIsRefused(string header, string named)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "hostile.safetensors");
        File.WriteAllBytes(path, Bytes((ulong)Encoding.UTF8.GetByteCount(header), header, 8));

        var fromFile = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));

        Assert.Contains(path, fromFile.Message, StringComparison.Ordinal);
        Assert.Contains(named, fromFile.Message, StringComparison.OrdinalIgnoreCase);
        // A stream may hold more than the tensors, so only there is the file that is too long no fault.
        if (named is not "names 4")
        {
            using var stream = new MemoryStream(File.ReadAllBytes(path));
            Assert.Throws<InvalidDataException>(() => SafetensorsStream.Read(stream, "stream"));
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(1000UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void AHeaderLengthThatCannotBeIsRefused(ulong length)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "hostile.safetensors");
        File.WriteAllBytes(path, Bytes(length, "{}", 0));
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
        using var stream = File.OpenRead(path);
        Assert.Throws<InvalidDataException>(() => SafetensorsStream.Read(stream, "stream"));
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var whole = new MemoryStream();
        SafetensorsWriter.Write(whole, [("a", tensor([1f, 2f])), ("b", tensor([3L]))]);
        var path = Path.Combine(folder.Path, "cut.safetensors");
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole.ToArray()[..length];
            File.WriteAllBytes(path, cut);
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
            Assert.Throws<InvalidDataException>(() => SafetensorsStream.Read(new MemoryStream(cut), "stream"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void DamagedFilesAreReadOrRefused(int seed)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var whole = new MemoryStream();
        var path = Path.Combine(folder.Path, "damaged.safetensors");
        SafetensorsWriter.Write(whole, [("a", arange(6).reshape(2, 3)), ("b", tensor([true, false])), ("c", zeros(0, 4)), ("d", randn(2, 2).to(ScalarType.BFloat16))]);
        var refused = Fuzz.Files(whole.ToArray(), seed, 1500, damaged =>
        {
            File.WriteAllBytes(path, damaged);
            // Both readers refuse, or neither; only the end of a stream may be no end of the file.
            using var stream = new MemoryStream(damaged);
            using var read = SafetensorsStream.Read(stream, "stream");
            using var file = SafetensorsFile.Open(path);
            foreach (var name in file.Tensors.Keys)
                file.Read(name).Dispose();
        });
        Assert.InRange(refused, 750, 1499);
    }

    [Fact]
    public void AStreamThatNamesMoreThanThereIsCostsNoMemory()
    {
        const string Header = """{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}}  """;
        var bytes = Bytes((ulong)Header.Length, Header, 100);
        Assert.Throws<InvalidDataException>(() => SafetensorsStream.Read(new MemoryStream(bytes), "stream"));
        using var unseekable = new System.IO.Compression.BrotliStream(Compressed(bytes), System.IO.Compression.CompressionMode.Decompress);
        Assert.Throws<InvalidDataException>(() => SafetensorsStream.Read(unseekable, "stream"));
    }

    [Fact]
    public void WeightsAreWrittenInShards()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        string[] Files() => [.. Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        (string, Tensor)[] tensors = [("c", arange(4f)), ("a", arange(2f)), ("b", arange(1f)), ("d", arange(9f))];

        ShardedSafetensors.Write(folder.Path, tensors, 24);
        Assert.Equal(["model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors", "model.safetensors.index.json"], Files());
        Assert.Equal(
            """{"metadata":{"total_size":64},"weight_map":{"a":"model-00001-of-00003.safetensors","b":"model-00002-of-00003.safetensors","c":"model-00001-of-00003.safetensors","d":"model-00003-of-00003.safetensors"}}""",
            string.Concat(File.ReadAllText(Path.Combine(folder.Path, "model.safetensors.index.json")).Where(c => !char.IsWhiteSpace(c))));
        using (var read = ShardedWeights.Open(Path.Combine(folder.Path, "model.safetensors.index.json")))
            Assert.All(tensors, pair => Assert.True(pair.Item2.Equals(read.Read(pair.Item1))));

        ShardedSafetensors.Write(folder.Path, tensors, 40);
        Assert.Equal(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json"], Files());
        ShardedSafetensors.Write(folder.Path, tensors);
        Assert.Equal(["model.safetensors"], Files());
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardedSafetensors.Write(folder.Path, tensors, 0));
    }

    [Fact]
    public void ATruthValueIsOneBit()
    {
        using var stream = new MemoryStream(Bytes(61, """{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}       """[..61], 0).Concat(new byte[] { 0, 1, 77 }).ToArray());
        using IWeights weights = SafetensorsStream.Read(stream, "stream");
        using var values = weights.Read("a");
        Assert.Equal([0, 1, 1], values.bytes.ToArray());
    }

    [Fact]
    public void AFailedSaveLeavesTheFileAsItWas()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "kept.safetensors");
        SafetensorsWriter.WriteFile(path, [("a", tensor([1f]))]);
        var before = File.ReadAllBytes(path);
        var complex = zeros(2, ScalarType.ComplexFloat32);
        Assert.Throws<NotSupportedException>(() => SafetensorsWriter.WriteFile(path, [("a", tensor([2f])), ("b", complex)]));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void ShardsAreReadThroughTheirIndex()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        string At(string name) => Path.Combine(folder.Path, name);
        SafetensorsWriter.WriteFile(At("one.safetensors"), [("a", tensor([1f]))]);
        SafetensorsWriter.WriteFile(At("two.safetensors"), [("b", tensor([2f]))]);
        File.WriteAllText(At("index.json"), """{"metadata":{},"weight_map":{"a":"one.safetensors","b":"two.safetensors"}}""");
        using (var weights = ShardedWeights.Open(At("index.json")))
        {
            Tensors.Equal([1], weights.Read("a"));
            Tensors.Equal([2], weights.Read("b"));
            Assert.Equal(2, weights.Tensors.Count);
            Assert.Throws<KeyNotFoundException>(() => weights.Read("c"));
        }
        foreach (var (index, named) in new[]
        {
            ("""{"weight_map":{"c":"one.safetensors"}}""", "'c'"),
            ("""{"weight_map":{"a":"../one.safetensors"}}""", "../one"),
            ("""{"weight_map":{"a":"/etc/passwd"}}""", "/etc/passwd"),
            ("""{"weight_map":{"a":3}}""", "index.json"),
            ("""{"weight_map":{"a":null}}""", "'a'"),
            ("""{"weight_map":{"a":""}}""", "''"),
            ("""{"weight_map":{"a":".."}}""", "'..'"),
            ("""{"weight_map":{"a":"one.safetensors","a":"two.safetensors"}}""", "index.json"),
            ("""{"weight_map":[]}""", "index.json"),
            ("""{}""", "index.json"),
            ("""{""", "index.json"),
        })
        {
            File.WriteAllText(At("index.json"), index);
            Assert.Contains(named, Assert.Throws<InvalidDataException>(() => ShardedWeights.Open(At("index.json"))).Message, StringComparison.Ordinal);
        }
    }

    private static MemoryStream Compressed(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var stream = new System.IO.Compression.BrotliStream(target, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            stream.Write(bytes);
        target.Position = 0;
        return target;
    }

    private static byte[] Bytes(ulong length, string header, int dataLength)
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        return bytes;
    }
}
