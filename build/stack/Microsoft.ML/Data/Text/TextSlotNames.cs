namespace Microsoft.ML.Data;

/// <summary>The names that a header gives to the slots of a vector column.</summary>
internal static class TextSlotNames
{
    public static DataViewSchema.Annotations Annotations(TextColumn column, TextFields header)
    {
        if (column.Type is not VectorDataViewType { IsKnownSize: true } type)
            return null;
        var names = Read(column, header);
        if (names.GetValues().IsEmpty)
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, type.Size),
            (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return builder.ToAnnotations();
    }

    private static VBuffer<ReadOnlyMemory<char>> Read(TextColumn column, TextFields header)
    {
        var slots = new List<int>();
        var names = new List<ReadOnlyMemory<char>>();
        var offset = 0;
        foreach (var segment in column.Segments)
        {
            for (var position = header.Find(segment.Start); position < header.Count && header.Number(position) < segment.Limit; position++)
            {
                slots.Add(offset + header.Number(position) - segment.Start);
                names.Add(header.Text(position).Trim());
            }
            offset += segment.Length;
        }
        return new VBuffer<ReadOnlyMemory<char>>(offset, names.Count, [.. names], [.. slots]);
    }
}
