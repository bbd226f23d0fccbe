namespace Microsoft.ML.Internal;

/// <summary>Looking up columns, with ML.NET's words where they are missing or of the wrong type.</summary>
internal static class DataViewSchemaExtensions
{
    /// <summary>The input column of a name, which must be there.</summary>
    public static DataViewSchema.Column Input(
        this DataViewSchema schema, IExceptionContext context, string name, string role = "input", string parameter = "inputSchema") =>
        schema.GetColumnOrNull(name) ?? throw context.ExceptSchemaMismatch(parameter, role, name);

    /// <summary>The input column of a name, which must be there and be accepted; <paramref name="expected"/> says what would be.</summary>
    public static DataViewSchema.Column Input(
        this DataViewSchema schema,
        IExceptionContext context,
        string name,
        Func<DataViewType, bool> accepts,
        string expected,
        string role = "input",
        string parameter = "inputSchema")
    {
        var column = schema.Input(context, name, role, parameter);
        return accepts(column.Type)
            ? column
            : throw context.ExceptSchemaMismatch(parameter, role, name, expected, column.Type.ToString());
    }

    /// <summary>For each column of the schema whether it is among those needed.</summary>
    public static bool[] ActiveFlags(this DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed)
    {
        var active = new bool[schema.Count];
        foreach (var column in needed)
        {
            if (column.Index >= active.Length)
                throw Contracts.ExceptParam(nameof(needed), $"Column '{column.Name}' not found");
            active[column.Index] = true;
        }

        return active;
    }

    public static bool TryGetColumnIndex(this DataViewSchema schema, string name, out int index)
    {
        index = schema.GetColumnOrNull(name)?.Index ?? -1;
        return index >= 0;
    }
}
