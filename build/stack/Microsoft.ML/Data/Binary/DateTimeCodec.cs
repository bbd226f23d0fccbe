namespace Microsoft.ML.Internal;

/// <summary>Points in time, by their ticks.</summary>
internal sealed class DateTimeCodec : ItemCodec<DateTime>
{
    public override int SmallestSize => sizeof(long);

    public override void Write(BinaryWriter writer, in DateTime value) => writer.Write(value.Ticks);

    public override void Read(BinaryReader reader, ref DateTime value) => value = new(reader.ReadInt64());
}
