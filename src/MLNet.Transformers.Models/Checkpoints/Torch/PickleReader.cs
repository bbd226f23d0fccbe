using System.Buffers.Binary;
using System.Text;

namespace MLNet.Transformers.Models;

/// <summary>Reads a pickle's numbers and strings from a part of a file, one after another.</summary>
internal sealed class PickleReader(MappedFile file, long start, long end)
{
    private const int LongestLine = 1024;

    /// <summary>The file's path, for messages.</summary>
    public string Origin => file.Path;

    /// <summary>Offset of the next byte in the file.</summary>
    public long Position { get; private set; } = start;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    /// <summary>Eight bytes, most significant first: the only number of a pickle that is written so.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    public string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    /// <summary>Text up to the end of the line.</summary>
    public string Line()
    {
        var line = new List<byte>();
        for (var next = Byte(); next != (byte)'\n'; next = Byte())
        {
            if (line.Count == LongestLine)
                throw new InvalidDataException($"The pickle in '{Origin}' has a name of more than {LongestLine} bytes.");
            line.Add(next);
        }
        return Encoding.UTF8.GetString([.. line]);
    }

    public byte[] Bytes(long count)
    {
        var first = Position;
        Skip(count);
        return file.Read(first, (int)Math.Min(count, Array.MaxLength));
    }

    /// <summary>Leaves bytes out.</summary>
    public void Skip(long count)
    {
        if (count < 0 || count > end - Position)
            throw new InvalidDataException($"The pickle in '{Origin}' ends too soon.");
        Position += count;
    }
}
