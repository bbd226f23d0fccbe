using System.Runtime.InteropServices;

namespace Microsoft.ML.Internal;

/// <summary>Writes and reads values of one raw type.</summary>
internal abstract class ItemCodec<T>
{
    /// <summary>The fewest bytes that a value takes.</summary>
    public abstract int SmallestSize { get; }

    public abstract void Write(BinaryWriter writer, in T value);

    public abstract void Read(BinaryReader reader, ref T value);

    public virtual void WriteAll(BinaryWriter writer, ReadOnlySpan<T> values)
    {
        foreach (ref readonly var value in values)
            Write(writer, value);
    }

    public virtual void ReadAll(BinaryReader reader, Span<T> values)
    {
        foreach (ref var value in values)
            Read(reader, ref value);
    }
}

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

/// <summary>Text, with its length before it.</summary>
internal sealed class TextCodec : ItemCodec<ReadOnlyMemory<char>>
{
    public override int SmallestSize => 1;

    public override void Write(BinaryWriter writer, in ReadOnlyMemory<char> value) => writer.Write(value.ToString());

    public override void Read(BinaryReader reader, ref ReadOnlyMemory<char> value) => value = reader.ReadString().AsMemory();
}

/// <summary>True and false, which take a byte each.</summary>
internal sealed class BooleanCodec : ItemCodec<bool>
{
    public override int SmallestSize => 1;

    public override void Write(BinaryWriter writer, in bool value) => writer.Write(value);

    public override void Read(BinaryReader reader, ref bool value) => value = reader.ReadBoolean();
}

/// <summary>Points in time, by their ticks.</summary>
internal sealed class DateTimeCodec : ItemCodec<DateTime>
{
    public override int SmallestSize => sizeof(long);

    public override void Write(BinaryWriter writer, in DateTime value) => writer.Write(value.Ticks);

    public override void Read(BinaryReader reader, ref DateTime value) => value = new(reader.ReadInt64());
}

/// <summary>Points in time with an offset, by their ticks.</summary>
internal sealed class DateTimeOffsetCodec : ItemCodec<DateTimeOffset>
{
    public override int SmallestSize => 2 * sizeof(long);

    public override void Write(BinaryWriter writer, in DateTimeOffset value)
    {
        writer.Write(value.Ticks);
        writer.Write(value.Offset.Ticks);
    }

    public override void Read(BinaryReader reader, ref DateTimeOffset value) => value = new(reader.ReadInt64(), new TimeSpan(reader.ReadInt64()));
}

/// <summary>Vectors: length, number of explicit values, their places where they are fewer, and the values.</summary>
internal sealed class VectorCodec<T>(ItemCodec<T> items) : ItemCodec<VBuffer<T>>
{
    private static readonly PlainCodec<int> Indices = new();

    public override int SmallestSize => 2 * sizeof(int);

    public override void Write(BinaryWriter writer, in VBuffer<T> value)
    {
        var values = value.GetValues();
        writer.Write(value.Length);
        writer.Write(values.Length);
        Indices.WriteAll(writer, value.GetIndices());
        items.WriteAll(writer, values);
    }

    public override void Read(BinaryReader reader, ref VBuffer<T> value)
    {
        var length = reader.ReadInt32();
        var count = reader.ReadInt32();
        // A corrupt count must not ask for more memory than the file could fill.
        Contracts.CheckDecode(length >= 0 && count >= 0 && count <= length, "Corrupt vector");
        Contracts.CheckDecode((long)count * items.SmallestSize <= reader.BaseStream.Length - reader.BaseStream.Position, "Corrupt vector");
        var editor = VBufferEditor.Create(ref value, length, count);
        Indices.ReadAll(reader, editor.Indices);
        items.ReadAll(reader, editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            Contracts.CheckDecode(editor.Indices[i] > (i == 0 ? -1 : editor.Indices[i - 1]) && editor.Indices[i] < length, "Corrupt vector");
        value = editor.Commit();
    }
}
