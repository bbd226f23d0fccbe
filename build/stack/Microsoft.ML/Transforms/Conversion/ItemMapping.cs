namespace Microsoft.ML.Transforms;

/// <summary>Maps each item of a column, be it a scalar or a vector.</summary>
internal static class ItemMapping
{
    /// <summary>The same type with other items.</summary>
    public static DataViewType WithItems(this DataViewType type, PrimitiveDataViewType items) =>
        type is VectorDataViewType vector ? new VectorDataViewType(items, vector.Dimensions) : items;

    public static Delegate MakeGetter<TSource, TResult>(DataViewRow row, DataViewSchema.Column input, Func<TSource, TResult> map) =>
        input.Type is VectorDataViewType
            ? VectorGetter(row.GetGetter<VBuffer<TSource>>(input), map)
            : ScalarGetter(row.GetGetter<TSource>(input), map);

    private static ValueGetter<TResult> ScalarGetter<TSource, TResult>(ValueGetter<TSource> get, Func<TSource, TResult> map)
    {
        TSource source = default;
        return (ref TResult value) =>
        {
            get(ref source);
            value = map(source);
        };
    }

    /// <summary>A sparse vector stays sparse where the default value maps to the default value.</summary>
    private static ValueGetter<VBuffer<TResult>> VectorGetter<TSource, TResult>(ValueGetter<VBuffer<TSource>> get, Func<TSource, TResult> map)
    {
        VBuffer<TSource> source = default;
        return (ref VBuffer<TResult> value) =>
        {
            get(ref source);
            var items = source.GetValues();
            var rest = source.IsDense ? default : map(default);
            var staysSparse = source.IsDense || EqualityComparer<TResult>.Default.Equals(rest, default);
            var editor = VBufferEditor.Create(ref value, source.Length, staysSparse ? items.Length : source.Length);
            if (staysSparse)
                source.GetIndices().CopyTo(editor.Indices);
            else
                editor.Values.Fill(rest);
            for (var i = 0; i < items.Length; i++)
                editor.Values[staysSparse ? i : source.GetIndices()[i]] = map(items[i]);
            value = editor.Commit();
        };
    }
}
