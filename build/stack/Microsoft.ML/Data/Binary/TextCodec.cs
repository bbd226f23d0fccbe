namespace Microsoft.ML.Internal;

/// <summary>Text, with its length before it.</summary>
internal sealed class TextCodec : ItemCodec<ReadOnlyMemory<char>>
{
    public override int SmallestSize => 1;

    public override void Write(BinaryWriter writer, in ReadOnlyMemory<char> value) => writer.Write(value.ToString());

    public override void Read(BinaryReader reader, ref ReadOnlyMemory<char> value) => value = reader.ReadString().AsMemory();
}
