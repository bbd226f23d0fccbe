namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        _env.CheckValue(input, nameof(input));
        var prefetch = (columnsToPrefetch ?? []).Select(name => input.Schema.Input(_env, name, "prefetch", nameof(columnsToPrefetch)).Index);
        return new CacheDataView(_env, input, [.. prefetch]);
    }
}
