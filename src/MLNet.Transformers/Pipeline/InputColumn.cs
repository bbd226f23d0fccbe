namespace MLNet.Transformers.Pipeline;

/// <summary>A column that a stage reads: its name, what it must hold, and whether only training reads it.</summary>
internal sealed record InputColumn(string Name, ColumnShape Shape, bool TrainingOnly = false)
{
    /// <summary>Whether a vector of unknown size will do as well as one of a known size.</summary>
    public bool MayVary { get; init; }

    /// <summary>Other shapes that will do.</summary>
    public IReadOnlyList<ColumnShape> OrElse { get; init; } = [];

    /// <summary>The column of that name, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or holds something else.</exception>
    public DataViewSchema.Column In(DataViewSchema schema)
    {
        var column = schema.GetColumnOrNull(Name) ?? throw Missing(nameof(schema));
        Check(ColumnShape.Of(column.Type), nameof(schema));
        return column;
    }

    /// <inheritdoc cref="In(DataViewSchema)"/>
    public SchemaShape.Column In(SchemaShape schema)
    {
        foreach (var column in schema)
        {
            if (column.Name == Name)
            {
                Check(ColumnShape.Of(column), nameof(schema));
                return column;
            }
        }
        throw Missing(nameof(schema));
    }

    private void Check(ColumnShape found, string parameter)
    {
        if (!Fits(found, Shape) && !OrElse.Any(other => Fits(found, other)))
        {
            var expected = string.Join(" or ", OrElse.Prepend(Shape));
            throw new ArgumentOutOfRangeException(parameter, $"Schema mismatch for input column '{Name}': expected {expected}, got {found}");
        }
    }

    private bool Fits(ColumnShape found, ColumnShape wanted) =>
        found == wanted || (MayVary && found == wanted with { Kind = SchemaShape.Column.VectorKind.VariableVector });

    private ArgumentOutOfRangeException Missing(string parameter) => new(parameter, $"Could not find input column '{Name}'");
}
