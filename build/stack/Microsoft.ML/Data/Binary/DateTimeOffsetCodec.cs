namespace Microsoft.ML.Internal;

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
