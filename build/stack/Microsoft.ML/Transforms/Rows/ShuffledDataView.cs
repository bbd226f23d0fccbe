namespace Microsoft.ML.Transforms;

/// <summary>The rows of a view in random order, each drawn from a pool of the next few.</summary>
internal sealed class ShuffledDataView(IHost host, IDataView source, int poolSize, bool shufflesSource, int seed)
    : RootDataView(host, source.Schema)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => source.GetRowCount();

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand)
    {
        var random = rand ?? RandomUtils.Create(seed);
        var input = source.GetRowCursor(Schema.Where(column => active[column.Index]), shufflesSource ? RandomUtils.Create(random) : null);
        return poolSize == 1 ? input : new Cursor(Host, input, active, poolSize, random);
    }

    private sealed class Cursor : RootCursorBase
    {
        private readonly DataViewRowCursor _input;
        private readonly Random _random;
        private readonly RowBuffer[] _columns;
        private readonly RowBuffer<DataViewRowId> _ids;

        // Where in the buffers the rows of the pool are; the oldest is at the head.
        private readonly int[] _places;
        private int _head;
        private int _live;
        private int _current = -1;
        private bool _isDone;

        public Cursor(IHost host, DataViewRowCursor input, bool[] active, int poolSize, Random random)
            : base(host)
        {
            _input = input;
            _random = random;
            _places = [.. Enumerable.Range(0, poolSize)];
            _columns = [.. input.Schema.Select(column => active[column.Index] ? RowBuffer.Create(input, column, poolSize) : null)];
            _ids = new RowBuffer<DataViewRowId>(input.GetIdGetter(), poolSize);
        }

        public override DataViewSchema Schema => _input.Schema;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => _ids.Copy(IsGood ? _current : throw CursorState.ExceptNoRow(Host), ref value);

        public override bool IsColumnActive(DataViewSchema.Column column)
        {
            Host.CheckParam(column.Index < _columns.Length, nameof(column));
            return _columns[column.Index] is not null;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Host.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
            var buffer = _columns[column.Index] as RowBuffer<TValue>
                ?? throw Host.Except($"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
            return (ref TValue value) => buffer.Copy(IsGood ? _current : throw CursorState.ExceptNoRow(Host), ref value);
        }

        protected override bool MoveNextCore()
        {
            if (_current >= 0)
            {
                _head = (_head + 1) % _places.Length;
                _live--;
            }
            Fill();
            if (_live == 0)
                return false;
            var drawn = (_head + _random.Next(_live)) % _places.Length;
            _current = _places[drawn];
            _places[drawn] = _places[_head];
            _places[_head] = _current;
            return true;
        }

        protected override void DisposeCore() => _input.Dispose();

        private void Fill()
        {
            while (_live < _places.Length && !_isDone)
            {
                _isDone = !_input.MoveNext();
                if (_isDone)
                    return;
                var place = _places[(_head + _live++) % _places.Length];
                foreach (var column in _columns)
                    column?.Fill(place);
                _ids.Fill(place);
            }
        }
    }
}
