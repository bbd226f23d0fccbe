namespace Microsoft.ML.Data;

/// <summary>A cursor over cached rows: of every stride of rows the block that starts at an offset.</summary>
internal sealed class CacheCursor(IHost host, CacheDataView view, bool[] active, Lazy<int[]> order, int first, int stride) : RootCursorBase(host)
{
    private const int BlockSize = 64;

    private int _count = -1;
    private int _next = first;
    private int _row = -1;

    public override DataViewSchema Schema => view.Schema;

    public override long Batch => Math.Max(0, _next - 1) / BlockSize;

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        id = IsGood ? new((ulong)_row, 0) : throw CursorState.ExceptNoRow(Host);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Host.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
        if (column.Type.RawType != typeof(TValue))
        {
            throw Host.Except(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }

        ColumnCache<TValue> cache = null;
        return (ref TValue value) =>
        {
            if (!IsGood)
                throw CursorState.ExceptNoRow(Host);
            cache ??= view.Cache<TValue>(column.Index);
            cache.Get(_row, ref value);
        };
    }

    protected override bool MoveNextCore()
    {
        if (_count < 0)
            _count = view.Fill(active);
        if (_row >= 0 && _next % BlockSize == 0)
            _next += stride - BlockSize;
        if (_next >= _count)
            return false;
        _row = order.Value is { } permutation ? permutation[_next] : _next;
        _next++;
        return true;
    }
}
