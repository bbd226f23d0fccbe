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
