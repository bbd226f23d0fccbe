namespace Microsoft.ML.Internal;

/// <summary>Writes and reads schemas with their annotations; what has a type that no codec knows is left out.</summary>
internal static class SchemaCodec
{
    private const ulong Signature = 0x414D454843534C4D;
    private const int Version = 1;

    public static void Write(BinaryWriter writer, IEnumerable<DataViewSchema.Column> schema)
    {
        writer.Write(Signature);
        writer.Write(Version);
        WriteColumns(writer, schema);
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        Contracts.CheckDecode(reader.ReadUInt64() == Signature, "Not a schema");
        Contracts.CheckDecode(reader.ReadInt32() <= Version, "File is too new");
        return ReadColumns(reader);
    }

    private static void WriteColumns(BinaryWriter writer, IEnumerable<DataViewSchema.Column> schema)
    {
        var columns = schema.Where(column => ValueCodec.CanWrite(column.Type)).ToArray();
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            ValueCodec.WriteType(writer, column.Type);
            var annotations = column.Annotations.Schema.Where(annotation => ValueCodec.CanWrite(annotation.Type)).ToArray();
            writer.Write(annotations.Length);
            foreach (var annotation in annotations)
            {
                writer.Write(annotation.Name);
                Generic.Invoke<object>((Func<BinaryWriter, DataViewSchema.Annotations, DataViewSchema.Column, object>)WriteAnnotation<int>,
                    annotation.Type.RawType, writer, column.Annotations, annotation);
            }
        }
    }

    private static object WriteAnnotation<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default;
        annotations.GetGetter<T>(annotation)(ref value);
        ValueCodec.Write(writer, annotation.Type, value);
        return null;
    }

    private static DataViewSchema ReadColumns(BinaryReader reader)
    {
        var schema = new DataViewSchema.Builder();
        for (var columns = reader.ReadInt32(); columns > 0; columns--)
        {
            var name = reader.ReadString();
            var type = ValueCodec.ReadType(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                var kind = reader.ReadString();
                var value = ValueCodec.Read(reader, out var annotationType);
                annotations.Add(kind, annotationType, Generic.Invoke<Delegate>((Func<int, Delegate>)ConstantGetter.Of, annotationType.RawType, value));
            }

            schema.AddColumn(name, type, annotations.ToAnnotations());
        }

        return schema.ToSchema();
    }
}
