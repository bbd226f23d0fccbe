namespace MLNet.Transformers.Pipeline;

/// <summary>Columns of a data view that hold one value a row, or several.</summary>
internal static class VectorColumns
{
    /// <summary>Reads a column of one value or of several.</summary>
    public static Func<T[]> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var single = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                single(ref value);
                return [value];
            };
        }
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            return [.. values.DenseValues()];
        };
    }
}
