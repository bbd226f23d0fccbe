namespace Microsoft.ML.Transforms;

/// <summary>Reads columns as vectors.</summary>
internal static class VectorGetters
{
    /// <summary>The values of a vector column; that of a scalar column as a vector of one.</summary>
    public static ValueGetter<VBuffer<T>> Get<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return row.GetGetter<VBuffer<T>>(column);
        var get = row.GetGetter<T>(column);
        return (ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, 1);
            get(ref editor.Values[0]);
            value = editor.Commit();
        };
    }
}
