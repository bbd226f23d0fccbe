namespace MLNet.Transformers.Pipeline;

/// <summary>The getters of a row with a stage's outputs appended.</summary>
internal sealed class OutputGetters<TRow, TResult>
{
    private readonly ColumnBindings bindings;
    private readonly bool[] active;
    private readonly Delegate?[] getters;

    public OutputGetters(RowScorer<TRow, TResult> scorer, ColumnBindings bindings, bool[] active, Func<TResult> current)
    {
        this.bindings = bindings;
        this.active = active;
        getters = new Delegate?[active.Length];
        for (var i = bindings.InputSchema.Count; i < active.Length; i++)
        {
            getters[i] = active[i] ? scorer.CreateGetter(bindings.OutputAt(i)!, current) : null;
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    /// <exception cref="InvalidOperationException">The column holds another type.</exception>
    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column, DataViewRow input)
    {
        if (!active[column.Index])
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"The requested column '{column.Name}' is not active");
        }
        if (getters[column.Index] is not { } getter)
        {
            return input.GetGetter<TValue>(bindings.InputSchema[column.Index]);
        }
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }
}
