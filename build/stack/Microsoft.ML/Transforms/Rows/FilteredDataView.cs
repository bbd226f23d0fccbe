namespace Microsoft.ML.Transforms;

/// <summary>The rows of a view that pass a test.</summary>
internal sealed class FilteredDataView : RootDataView
{
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _tested;
    private readonly Func<DataViewRow, Func<bool>> _makeTest;
    private readonly bool _keepsOrder;

    /// <param name="host">The host of the filter.</param>
    /// <param name="source">All rows.</param>
    /// <param name="tested">The columns that the test reads.</param>
    /// <param name="makeTest">Makes the test for one cursor; it is asked once a row.</param>
    /// <param name="keepsOrder">The test depends on the order of the rows, which then are never shuffled.</param>
    public FilteredDataView(
        IHost host, IDataView source, DataViewSchema.Column[] tested, Func<DataViewRow, Func<bool>> makeTest, bool keepsOrder = false)
        : base(host, source.Schema)
    {
        _source = source;
        _tested = tested;
        _makeTest = makeTest;
        _keepsOrder = keepsOrder;
    }

    public override bool CanShuffle => !_keepsOrder && _source.CanShuffle;

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand)
    {
        var needed = Schema.Where(column => active[column.Index]).Union(_tested);
        var input = _source.GetRowCursor(needed, _keepsOrder ? null : rand);
        return new Cursor(Host, input, active, _makeTest(input));
    }

    private sealed class Cursor(IHost host, DataViewRowCursor input, bool[] active, Func<bool> accepts) : SelectingCursor(host, input, active)
    {
        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
            {
                if (accepts())
                    return true;
            }
            return false;
        }
    }
}
