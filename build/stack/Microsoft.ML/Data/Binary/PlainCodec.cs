using System.Runtime.InteropServices;

namespace Microsoft.ML.Internal;

/// <summary>Values that are written as they lie in memory.</summary>
internal sealed class PlainCodec<T> : ItemCodec<T>
    where T : unmanaged
{
    public override int SmallestSize => Marshal.SizeOf<T>();

    public override void Write(BinaryWriter writer, in T value) => WriteAll(writer, new(in value));

    public override void Read(BinaryReader reader, ref T value) => ReadAll(reader, new(ref value));

    public override void WriteAll(BinaryWriter writer, ReadOnlySpan<T> values) => writer.Write(MemoryMarshal.AsBytes(values));

    public override void ReadAll(BinaryReader reader, Span<T> values) => reader.ReadExactly(MemoryMarshal.AsBytes(values));
}
