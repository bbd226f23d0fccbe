namespace Microsoft.ML.Internal;

/// <summary>A data view over objects, which are enumerated anew by each cursor.</summary>
internal sealed class EnumerableDataView<TRow>(IHostEnvironment env, IEnumerable<TRow> data, RowMember[] members)
    : RootDataView(env.Register("StreamingDataView"), RowMember.SchemaOf(members))
    where TRow : class
{
    public override long? GetRowCount() => (data as ICollection<TRow>)?.Count;

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand) => new Cursor(Host, this, active);

    private RowMember[] Members => members;

    private IEnumerator<TRow> Enumerate() => data.GetEnumerator();

    private sealed class Cursor : RootCursorBase
    {
        private readonly EnumerableDataView<TRow> _view;
        private readonly IEnumerator<TRow> _rows;
        private readonly ObjectHolder<TRow> _holder;
        private readonly ObjectRowGetters _getters;

        public Cursor(IHost host, EnumerableDataView<TRow> view, bool[] active)
            : base(host)
        {
            _view = view;
            _holder = new(host);
            _getters = new(host, ObjectGetters<TRow>.Create(view.Members, active, _holder));
            _rows = view.Enumerate();
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
            id = IsGood ? new((ulong)Position, 0) : throw CursorState.ExceptNoRow(Host);

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

        protected override bool MoveNextCore()
        {
            var moved = _rows.MoveNext();
            _holder.Current = moved ? _rows.Current : null;
            if (moved && _rows.Current is null)
                throw Host.Except("Encountered null when iterating over data, this is not supported.");
            return moved;
        }

        protected override void DisposeCore() => _rows.Dispose();
    }
}
