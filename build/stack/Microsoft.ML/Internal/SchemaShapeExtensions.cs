namespace Microsoft.ML.Internal;

/// <summary>Checking and extending the shape of a schema, with ML.NET's words.</summary>
internal static class SchemaShapeExtensions
{
    /// <summary>The input column of a name, which must be there.</summary>
    public static SchemaShape.Column Input(
        this SchemaShape shape, IExceptionContext context, string name, string role = "input", string parameter = "inputSchema") =>
        shape.TryFindColumn(name, out var column) ? column : throw context.ExceptSchemaMismatch(parameter, role, name);

    /// <summary>The input column of a name, which must be there and be accepted; <paramref name="expected"/> says what would be.</summary>
    public static SchemaShape.Column Input(
        this SchemaShape shape,
        IExceptionContext context,
        string name,
        Func<SchemaShape.Column, bool> accepts,
        string expected,
        string role = "input",
        string parameter = "inputSchema")
    {
        var column = shape.Input(context, name, role, parameter);
        return accepts(column)
            ? column
            : throw context.ExceptSchemaMismatch(parameter, role, name, expected, column.GetTypeString());
    }

    /// <summary>The shape with columns added; one of a name that is there already replaces it.</summary>
    public static SchemaShape With(this SchemaShape shape, params IEnumerable<SchemaShape.Column> added)
    {
        var columns = shape.ToDictionary(column => column.Name);
        foreach (var column in added)
            columns[column.Name] = column;
        return new(columns.Values);
    }

    /// <summary>The same column under another name.</summary>
    public static SchemaShape.Column As(this SchemaShape.Column column, string name) =>
        new(name, column.Kind, column.ItemType, column.IsKey, column.Annotations);

    /// <summary>Whether the column promises an annotation.</summary>
    public static bool Has(this SchemaShape.Column column, string annotation) => column.Annotations.TryFindColumn(annotation, out _);
}
