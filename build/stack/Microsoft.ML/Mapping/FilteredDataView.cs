namespace Microsoft.ML.Internal;

/// <summary>The rows of a data view but for those that a predicate takes out; each cursor has a predicate of its own.</summary>
internal sealed class FilteredDataView<TRow> : RootDataView
    where TRow : class, new()
{
    private readonly IDataView _source;
    private readonly Func<Func<TRow, bool>> _predicate;
    private readonly ObjectBinding<TRow> _binding;

    public FilteredDataView(IHostEnvironment env, IDataView source, Func<Func<TRow, bool>> predicate, bool canShuffle)
        : base(env.Register("CustomFilter"), source.Schema)
    {
        _source = source;
        _predicate = predicate;
        _binding = new(Host, source.Schema, ignoreMissingColumns: false, definition: null);
        CanShuffle = canShuffle;
    }

    public override bool CanShuffle { get; }

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand)
    {
        var wanted = active.ToArray();
        foreach (var column in _binding.Columns)
            wanted[column.Index] = true;
        var input = _source.GetRowCursor(Schema.Where(column => wanted[column.Index]), CanShuffle ? rand : null);
        return new Cursor(Host, input, active, _binding.GetFiller(input), _predicate());
    }

    private sealed class Cursor(IHost host, DataViewRowCursor input, bool[] active, ObjectFiller<TRow> filler, Func<TRow, bool> predicate)
        : RootCursorBase(host)
    {
        private readonly TRow _row = new();

        public override DataViewSchema Schema => input.Schema;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Host.Check(IsColumnActive(column));
            return input.GetGetter<TValue>(column);
        }

        protected override bool MoveNextCore()
        {
            while (input.MoveNext())
            {
                filler.Fill(_row);
                if (!predicate(_row))
                    return true;
            }

            return false;
        }

        protected override void DisposeCore() => input.Dispose();
    }
}
