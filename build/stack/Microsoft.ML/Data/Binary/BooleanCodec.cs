namespace Microsoft.ML.Internal;

/// <summary>True and false, which take a byte each.</summary>
internal sealed class BooleanCodec : ItemCodec<bool>
{
    public override int SmallestSize => 1;

    public override void Write(BinaryWriter writer, in bool value) => writer.Write(value);

    public override void Read(BinaryReader reader, ref bool value) => value = reader.ReadBoolean();
}
