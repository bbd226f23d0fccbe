namespace Microsoft.ML.Data;

/// <summary>
/// Keeps the columns of a data view in memory: a column is read from the source when a cursor first needs it, and never again.
/// Columns of types that cannot be copied are left out.
/// </summary>
internal sealed class CacheDataView : IDataView
{
    private const int BlockSize = 64;

    private readonly IHost _host;
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _sourceColumns;
    private readonly ColumnCache[] _caches;
    private readonly Lock _lock = new();
    private readonly bool[] _prefetch;
    private long? _rowCount;

    public CacheDataView(IHostEnvironment env, IDataView input, int[] prefetch)
    {
        _host = Contracts.CheckValue(env, nameof(env)).Register("Cache");
        _source = _host.CheckValue(input, nameof(input));
        _sourceColumns = [.. input.Schema.Where(IsCacheable)];
        foreach (var column in (prefetch ?? []).Select(index => input.Schema[index]).Where(column => !IsCacheable(column)))
        {
            throw env.Except("Asked to prefetch column '{0}' into cache, but it is of unhandled type '{1}'", column.Name, column.Type);
        }

        Schema = _sourceColumns.Length == input.Schema.Count ? input.Schema : SchemaOf(_sourceColumns);
        _caches = new ColumnCache[_sourceColumns.Length];
        _prefetch = [.. _sourceColumns.Select(column => prefetch?.Contains(column.Index) == true)];
        _rowCount = input.GetRowCount();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        _host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        var active = Schema.ActiveFlags(columnsNeeded);
        var order = new Lazy<int[]>(() => rand is null ? null : rand.Permutation(Fill(active)));
        var cursors = Math.Max(1, n);
        return [.. Enumerable.Range(0, cursors).Select(i => new CacheCursor(_host, this, active, order, i * BlockSize, cursors * BlockSize))];
    }

    /// <summary>The cache of a column, which must have been filled.</summary>
    internal ColumnCache<TValue> Cache<TValue>(int column) => (ColumnCache<TValue>)_caches[column];

    /// <summary>Reads what is wanted and not there yet, in one pass over the source; the number of rows.</summary>
    internal int Fill(bool[] active)
    {
        lock (_lock)
        {
            var missing = Enumerable.Range(0, active.Length).Where(i => (active[i] || _prefetch[i]) && _caches[i] is null).ToArray();
            if (missing.Length == 0 && _rowCount is { } known)
                return (int)known;
            using var cursor = _source.GetRowCursor(missing.Select(i => _sourceColumns[i]));
            var filling = missing.Select(i => ColumnCache.Create(cursor, _sourceColumns[i])).ToArray();
            var rows = 0;
            while (cursor.MoveNext())
            {
                rows++;
                foreach (var cache in filling)
                    cache.Append();
            }

            if (_rowCount is { } expected && expected != rows)
            {
                throw _host.Except("Inconsistent number of rows from input data view detected. "
                    + "This indicates a bug within the implementation of the input data view.");
            }

            for (var i = 0; i < missing.Length; i++)
                _caches[missing[i]] = filling[i];
            _rowCount = rows;
            return rows;
        }
    }

    private static bool IsCacheable(DataViewSchema.Column column) => column.Type is PrimitiveDataViewType or VectorDataViewType;

    private static DataViewSchema SchemaOf(IEnumerable<DataViewSchema.Column> columns)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(columns);
        return schema.ToSchema();
    }
}
