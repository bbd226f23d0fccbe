using System.Text;

namespace Microsoft.ML.Transforms;

/// <summary>What is known of the slots of a vector that is put together from columns.</summary>
internal static class ConcatenatedAnnotations
{
    public static DataViewSchema.Annotations Of(
        DataViewSchema.Column[] inputs, string[] names, PrimitiveDataViewType itemType, int size)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (itemType is NumberDataViewType && inputs.All(input => input.IsNormalized()))
            annotations.AddFlag(AnnotationKinds.IsNormalized);
        if (size > 0 && inputs.Any(input => input.Type is not VectorDataViewType || input.HasSlotNames()))
            annotations.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> value) => GetSlotNames(inputs, names, size, ref value));
        int[] ranges = [.. CategoryRanges(inputs)];
        if (size > 0 && ranges.Length > 0)
            annotations.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
                (ref VBuffer<int> value) => new VBuffer<int>(ranges.Length, ranges).CopyTo(ref value));
        return annotations.ToAnnotations();
    }

    /// <summary>A scalar gives its own name, a vector its name, a point and the names of its slots.</summary>
    private static void GetSlotNames(DataViewSchema.Column[] inputs, string[] names, int size, ref VBuffer<ReadOnlyMemory<char>> value)
    {
        var editor = VBufferEditor.Create(ref value, size);
        editor.Values.Clear();
        VBuffer<ReadOnlyMemory<char>> slots = default;
        var text = new StringBuilder();
        var offset = 0;
        foreach (var (input, name) in inputs.Zip(names))
        {
            if (input.Type is not VectorDataViewType)
                editor.Values[offset] = name.AsMemory();
            if (input.HasSlotNames())
            {
                input.GetSlotNames(ref slots);
                foreach (var (slot, slotName) in slots.Items())
                {
                    if (!slotName.IsEmpty)
                        editor.Values[offset + slot] = text.Clear().Append(name).Append('.').Append(slotName).ToString().AsMemory();
                }
            }
            offset += input.Type.GetValueCount();
        }
        value = editor.Commit();
    }

    private static IEnumerable<int> CategoryRanges(DataViewSchema.Column[] inputs)
    {
        var offset = 0;
        foreach (var input in inputs)
        {
            var type = input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges)?.Type;
            if (type is VectorDataViewType { Size: > 0, Dimensions: [_, 2] } vector && vector.ItemType == NumberDataViewType.Int32)
            {
                VBuffer<int> ranges = default;
                input.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref ranges);
                foreach (var bound in ranges.DenseValues())
                    yield return offset + bound;
            }
            offset += input.Type.GetValueCount();
        }
    }
}
