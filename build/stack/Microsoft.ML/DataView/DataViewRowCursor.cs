namespace Microsoft.ML;

/// <summary>A row that moves over a data view, from before its first row to past its last.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    public abstract bool MoveNext();
}
