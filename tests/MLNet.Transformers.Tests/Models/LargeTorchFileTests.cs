using System.Text;
using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Archives beyond 4 GiB, with the 64-bit fields of the zip format; the file is sparse, and takes no space.</summary>
public class LargeTorchFileTests
{
    private const long Far = 5L << 30;

    /// <summary>A dictionary with one tensor "a" of three floats, from element 1 on of a storage "0" of four.</summary>
    private const string Pickle =
        "}X\u0001\0\0\0actorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ" +
        "K\u0001K\u0003\u0085K\u0001\u0085\u0089}tRs.";

    [Fact]
    public void AStorageBeyondFourGibibytesIsRead()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "pytorch_model.bin");
        using (var stream = File.Create(path))
        using (var writer = new BinaryWriter(stream))
        {
            var pickle = Entry(writer, "archive/data.pkl", Encoding.Latin1.GetBytes(Pickle));
            stream.Seek(Far, SeekOrigin.Begin);
            var storage = Entry(writer, "archive/data/0", [.. new float[] { 1, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)]);
            Directory(writer, pickle, storage);
        }
        using var weights = TorchFile.Open(path);
        using var tensor = weights.Read("a");
        Tensors.Equal([2, 3, 4], tensor, 0);
    }

    private static (string Name, long Start, int Length) Entry(BinaryWriter writer, string name, byte[] content)
    {
        var start = writer.BaseStream.Position;
        writer.Write("PK\u0003\u0004"u8);
        writer.Write(new byte[22]);
        writer.Write((short)name.Length);
        writer.Write((short)3);
        writer.Write(Encoding.ASCII.GetBytes(name));
        // torch.save fills up to a multiple of 64 bytes with such a field.
        writer.Write(new byte[3]);
        writer.Write(content);
        return (name, start, content.Length);
    }

    private static void Directory(BinaryWriter writer, params (string Name, long Start, int Length)[] entries)
    {
        var start = writer.BaseStream.Position;
        foreach (var entry in entries)
        {
            writer.Write("PK\u0001\u0002"u8);
            writer.Write(new byte[16]);
            writer.Write(uint.MaxValue);
            writer.Write(uint.MaxValue);
            writer.Write((short)entry.Name.Length);
            writer.Write((short)33);
            writer.Write(new byte[10]);
            writer.Write(uint.MaxValue);
            writer.Write(Encoding.ASCII.GetBytes(entry.Name));
            Field(writer, id: 7, new byte[1]);
            Field(writer, id: 1, [.. new[] { entry.Length, entry.Length, entry.Start }.SelectMany(BitConverter.GetBytes)]);
        }
        var end = writer.BaseStream.Position;
        writer.Write("PK\u0006\u0006"u8);
        writer.Write(44L);
        writer.Write(new byte[12]);
        foreach (var number in new[] { entries.Length, entries.Length, end - start, start })
            writer.Write(number);
        writer.Write("PK\u0006\u0007"u8);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write("PK\u0005\u0006"u8);
        writer.Write(0);
        writer.Write(ushort.MaxValue);
        writer.Write(ushort.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((short)0);
    }

    private static void Field(BinaryWriter writer, short id, byte[] content)
    {
        writer.Write(id);
        writer.Write((short)content.Length);
        writer.Write(content);
    }
}
