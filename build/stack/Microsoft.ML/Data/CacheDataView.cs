namespace Microsoft.ML.Data;
internal sealed class CacheDataView(IHostEnvironment env, IDataView input, int[] prefetch)
    : RootDataView(env.Register("Cache"), input.Schema)
{
    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand) => input.GetRowCursor(prefetch is null ? [] : [], rand);
}
