namespace Microsoft.ML.Internal;

/// <summary>
/// Rows in blocks, each a number of rows and, for each column, the length of its bytes and the bytes; after a last block
/// of no rows come the number of all and a mark that the file is whole.
/// </summary>
internal static class BinaryRows
{
    public const int BlockSize = 1024;
    public const ulong EndMark = 0x444E45415441444D;

    private delegate IBlockWriter Maker(DataViewRowCursor cursor, DataViewSchema.Column column);

    private interface IBlockWriter
    {
        void Add();

        void Flush(BinaryWriter writer);
    }

    public static void Write(BinaryWriter writer, IDataView data, DataViewSchema.Column[] columns)
    {
        SchemaCodec.Write(writer, columns);
        using var cursor = data.GetRowCursor(columns);
        var blocks = columns.Select(column => Generic.Invoke<IBlockWriter>((Maker)Create<int>, column.Type.RawType, cursor, column)).ToArray();
        var total = 0L;
        var rows = 0;
        while (cursor.MoveNext())
        {
            foreach (var block in blocks)
                block.Add();
            total++;
            if (++rows == BlockSize)
                Flush();
        }

        if (rows > 0)
            Flush();
        writer.Write(0);
        writer.Write(total);
        writer.Write(EndMark);

        void Flush()
        {
            writer.Write(rows);
            foreach (var block in blocks)
                block.Flush(writer);
            rows = 0;
        }
    }

    private static BlockWriter<T> Create<T>(DataViewRowCursor cursor, DataViewSchema.Column column) => new(cursor.GetGetter<T>(column));

    private sealed class BlockWriter<T> : IBlockWriter
    {
        private readonly ValueGetter<T> _source;
        private readonly ItemCodec<T> _codec = ValueCodec.CodecOf<T>();
        private readonly MemoryStream _bytes = new();
        private readonly BinaryWriter _writer;
        private T _value;

        public BlockWriter(ValueGetter<T> source)
        {
            _source = source;
            _writer = new(_bytes);
        }

        public void Add()
        {
            _source(ref _value);
            _codec.Write(_writer, _value);
        }

        public void Flush(BinaryWriter writer)
        {
            _writer.Flush();
            writer.Write((int)_bytes.Length);
            writer.Write(_bytes.GetBuffer(), 0, (int)_bytes.Length);
            _bytes.SetLength(0);
        }
    }
}
