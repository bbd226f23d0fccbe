using System.Text;

namespace Microsoft.ML.Internal;

/// <summary>The rows of a binary file; each cursor reads the file anew, and of each block only the columns it needs.</summary>
internal sealed class BinaryDataView : RootDataView
{
    private readonly IMultiStreamSource _file;
    private readonly long _start;
    private readonly long _rows;

    private BinaryDataView(IHost host, DataViewSchema schema, IMultiStreamSource file, long start, long rows)
        : base(host, schema)
    {
        _file = file;
        _start = start;
        _rows = rows;
    }

    public static BinaryDataView Open(IHostEnvironment env, IMultiStreamSource file)
    {
        using var reader = new BinaryReader(file.Open(0), Encoding.UTF8);
        var stream = reader.BaseStream;
        try
        {
            var schema = SchemaCodec.Read(reader);
            var start = stream.Position;
            stream.Position = Math.Max(start, stream.Length - sizeof(long) - sizeof(ulong));
            var rows = reader.ReadInt64();
            env.CheckDecode(reader.ReadUInt64() == BinaryRows.EndMark, "Truncated binary file");
            return new(env.Register("BinaryLoader"), schema, file, start, rows);
        }
        catch (EndOfStreamException)
        {
            throw env.ExceptDecode("Truncated binary file");
        }
    }

    public override long? GetRowCount() => _rows;

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand)
    {
        var stream = _file.Open(0);
        stream.Position = _start;
        return new Cursor(Host, Schema, active, new(stream, Encoding.UTF8));
    }

    private abstract class Block
    {
        public abstract void Read(BinaryReader reader, int rows);
    }

    private sealed class Block<T> : Block
    {
        private readonly ItemCodec<T> _codec = ValueCodec.CodecOf<T>();

        public T[] Values { get; private set; } = [];

        public override void Read(BinaryReader reader, int rows)
        {
            if (Values.Length < rows)
                Values = new T[rows];
            for (var i = 0; i < rows; i++)
                _codec.Read(reader, ref Values[i]);
        }
    }

    private sealed class Cursor : RootCursorBase
    {
        private readonly BinaryReader _reader;
        private readonly bool[] _active;
        private readonly Block[] _blocks;
        private int _rows;
        private int _row = -1;

        public Cursor(IHost host, DataViewSchema schema, bool[] active, BinaryReader reader)
            : base(host)
        {
            Schema = schema;
            _active = active;
            _reader = reader;
            _blocks = [.. schema.Select(column => active[column.Index] ? Generic.Invoke<Block>((Func<Block>)Create<int>, column.Type.RawType) : null)];
        }

        public override DataViewSchema Schema { get; }

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
            id = IsGood ? new((ulong)Position, 0) : throw CursorState.ExceptNoRow(Host);

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Host.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
            var block = _blocks[column.Index] as Block<TValue>
                ?? throw Host.Except($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
            var copy = Copier.Of<TValue>();
            return (ref TValue value) =>
            {
                if (!IsGood)
                    throw CursorState.ExceptNoRow(Host);
                copy(block.Values[_row], ref value);
            };
        }

        protected override bool MoveNextCore()
        {
            if (++_row < _rows)
                return true;
            _row = 0;
            _rows = _reader.ReadInt32();
            if (_rows == 0)
                return false;
            Host.CheckDecode(_rows > 0 && _rows <= BinaryRows.BlockSize, "Corrupt binary file");
            foreach (var block in _blocks)
            {
                var length = _reader.ReadInt32();
                Host.CheckDecode(length >= 0 && length <= _reader.BaseStream.Length - _reader.BaseStream.Position, "Truncated binary file");
                if (block is null)
                    _reader.BaseStream.Position += length;
                else
                    block.Read(_reader, _rows);
            }

            return true;
        }

        protected override void DisposeCore() => _reader.Dispose();

        private static Block<T> Create<T>() => new();
    }
}
