namespace MLNet.Transformers.Pipeline;

/// <summary>What a stage promises before it is fitted, from the same columns that it delivers after.</summary>
internal static class StagePromise
{
    /// <summary>The input's shape with the outputs' shapes in it.</summary>
    public static SchemaShape Of(SchemaShape input, IEnumerable<OutputColumn> outputs)
    {
        var delivered = new DataViewSchema.Builder();
        foreach (var column in outputs)
            delivered.AddColumn(column.Name, column.Type, column.Annotations);
        var columns = input.ToDictionary(column => column.Name);
        foreach (var column in SchemaShape.Create(delivered.ToSchema()))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }
}
