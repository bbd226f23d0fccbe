namespace Microsoft.ML.Transforms;

/// <summary>The values that keys stand for, as annotations.</summary>
internal static class KeyAnnotations
{
    /// <summary>The type of the values of a column's keys; null where there are none.</summary>
    public static VectorDataViewType Type(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type as VectorDataViewType;

    public static void Add<T>(DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType itemType, T[] values, bool asText)
    {
        if (asText && itemType is not TextDataViewType)
        {
            var format = TextFormatting.Formatter<T>(itemType);
            Add(annotations, TextDataViewType.Instance, Array.ConvertAll(values, value => format(value).AsMemory()), asText: false);
            return;
        }
        annotations.AddKeyValues(values.Length, itemType, (ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    /// <summary>Adds the values of some of a column's keys, by their positions from 0.</summary>
    public static void AddSelected(
        DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column column, List<int> positions, bool asText)
    {
        var itemType = Type(column).ItemType;
        Generic.Invoke<object>(AddSelectedOf<int>, itemType.RawType, annotations, column, itemType, positions, asText);
    }

    private static object AddSelectedOf<T>(
        DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column column, PrimitiveDataViewType itemType, List<int> positions, bool asText)
    {
        VBuffer<T> all = default;
        column.GetKeyValues(ref all);
        Add(annotations, itemType, positions.ConvertAll(all.GetItemOrDefault).ToArray(), asText);
        return null;
    }
}
