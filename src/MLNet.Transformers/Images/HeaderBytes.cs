using System.Buffers.Binary;

namespace MLNet.Transformers;

/// <summary>The bytes of a file, of which none may be read beyond the end.</summary>
internal readonly ref struct HeaderBytes(ReadOnlySpan<byte> file, string format)
{
    private readonly ReadOnlySpan<byte> _file = file;

    public string Format => format;

    public int Length => _file.Length;

    public byte this[long at] => Slice(at, 1)[0];

    public ushort LittleUInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    public uint LittleUInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    public ushort BigUInt16(long at) => BinaryPrimitives.ReadUInt16BigEndian(Slice(at, 2));

    public uint BigUInt32(long at) => BinaryPrimitives.ReadUInt32BigEndian(Slice(at, 4));

    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public ReadOnlySpan<byte> Slice(long at, long count) =>
        at + count <= _file.Length ? _file.Slice((int)at, (int)count) : throw Truncated();

    public ReadOnlySpan<byte> From(long at) => Slice(at, _file.Length - at);

    public InvalidDataException Truncated() => new($"the {format} is truncated");

    public InvalidDataException Broken(string what) => new($"the {format} {what}");
}
