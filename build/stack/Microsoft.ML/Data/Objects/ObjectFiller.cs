namespace Microsoft.ML.Internal;

/// <summary>Fills objects from the row that it was made for.</summary>
internal sealed class ObjectFiller<TRow>(Action<TRow>[] setters)
    where TRow : class
{
    public void Fill(TRow row)
    {
        foreach (var set in setters)
            set(row);
    }
}
