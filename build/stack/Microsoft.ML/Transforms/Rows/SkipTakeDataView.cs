namespace Microsoft.ML.Transforms;

/// <summary>The rows of a view after the first few, up to a number.</summary>
internal sealed class SkipTakeDataView(IHost host, IDataView source, long skip, long take) : RootDataView(host, source.Schema)
{
    public override long? GetRowCount() =>
        take == 0 ? 0 : source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand) =>
        new Cursor(Host, source.GetRowCursor(Schema.Where(column => active[column.Index])), active, skip, take);

    private sealed class Cursor(IHost host, DataViewRowCursor input, bool[] active, long skip, long take) : SelectingCursor(host, input, active)
    {
        private long _toSkip = skip;
        private long _toTake = take;

        protected override bool MoveNextCore()
        {
            if (_toTake-- <= 0)
                return false;
            for (; _toSkip > 0; _toSkip--)
            {
                if (!Input.MoveNext())
                    return false;
            }
            return Input.MoveNext();
        }
    }
}
