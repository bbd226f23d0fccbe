namespace Microsoft.ML.Transforms.Text;

/// <summary>Columns of text and of vectors of text.</summary>
internal static class TextVectors
{
    public static bool IsText(DataViewType type) => type.GetItemType() is TextDataViewType;

    /// <summary>The input column of a name, which must be there and hold text.</summary>
    public static SchemaShape.Column TextInput(this SchemaShape schema, IHost host, string name, string expected)
    {
        var column = schema.Input(host, name);
        return IsText(column.ItemType) && !column.IsKey
            ? column : throw host.ExceptSchemaMismatch("inputSchema", "input", name, expected, column.ItemType.ToString());
    }

    public static void CheckText(this DataViewSchema.Column column, IHost host, string expected)
    {
        if (!IsText(column.Type))
            throw host.ExceptSchemaMismatch("inputSchema", "input", column.Name, expected, column.Type.ToString());
    }

    /// <summary>Reads the texts of a row one after the other, of a scalar or a vector column; the empty slots of a sparse vector are none.</summary>
    public static Action<List<ReadOnlyMemory<char>>> MakeReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var getOne = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> text = default;
            return texts =>
            {
                getOne(ref text);
                texts.Clear();
                texts.Add(text);
            };
        }
        var getAll = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        VBuffer<ReadOnlyMemory<char>> vector = default;
        return texts =>
        {
            getAll(ref vector);
            texts.Clear();
            texts.AddRange(vector.GetValues());
        };
    }

    public static void Fill(ref VBuffer<ReadOnlyMemory<char>> vector, List<ReadOnlyMemory<char>> texts)
    {
        var editor = VBufferEditor.Create(ref vector, texts.Count);
        texts.CopyTo(editor.Values);
        vector = editor.Commit();
    }
}
