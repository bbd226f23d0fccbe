namespace Microsoft.ML.Internal;

/// <summary>The getters of a row, one a column; null where a column is not active.</summary>
internal sealed class ObjectRowGetters(IHost host, Delegate[] getters)
{
    public bool IsActive(DataViewSchema.Column column)
    {
        if (column.Index >= getters.Length)
            throw host.Except("Column index must be between 0 and {0}", getters.Length);
        return getters[column.Index] is not null;
    }

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        host.CheckParam(IsActive(column), nameof(column), "requested column not active");
        var getter = getters[column.Index];
        return getter as ValueGetter<TValue> ?? throw host.Except(
            $"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }
}
