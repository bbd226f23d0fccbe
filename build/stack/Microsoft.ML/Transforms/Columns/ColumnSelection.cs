namespace Microsoft.ML.Transforms;

/// <summary>Which columns to keep: those named, in that order, or all but those named.</summary>
internal sealed record ColumnSelection(string[] Names, bool Keeps, bool KeepsHidden)
{
    public static ColumnSelection Keep(string[] names, bool keepsHidden) => new(Checked(names), Keeps: true, keepsHidden);

    public static ColumnSelection Drop(params string[] names) => new(Checked(names), Keeps: false, KeepsHidden: true);

    public bool KeepsName(string name) => Names.Contains(name) == Keeps;

    /// <summary>Refuses names that no column bears.</summary>
    public void Check(IHost host, IEnumerable<string> columns)
    {
        string[] missing = [.. Names.Except(columns)];
        if (missing.Length > 0)
            throw host.ExceptSchemaMismatch("inputSchema", "input", string.Join(',', missing));
    }

    public DataViewSchema.Column[] Select(DataViewSchema schema)
    {
        var kept = schema.Where(column => KeepsName(column.Name) && (KeepsHidden || !column.IsHidden));
        return Keeps ? [.. kept.OrderBy(column => Array.IndexOf(Names, column.Name))] : [.. kept];
    }

    private static string[] Checked(string[] names)
    {
        Contracts.Check(names is { Length: > 0 },
            "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        return names;
    }
}
