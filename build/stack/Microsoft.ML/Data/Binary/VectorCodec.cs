namespace Microsoft.ML.Internal;

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
