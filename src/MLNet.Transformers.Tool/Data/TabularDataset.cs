namespace MLNet.Transformers.Tool.Data;

/// <summary>A text file with a row a line.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Separator">What stands between two columns.</param>
/// <param name="HasHeader">Whether the first line has the names of the columns.</param>
/// <param name="AllowQuoting">Whether a value in double quotes may contain the separator.</param>
/// <param name="Columns">All columns, in their order.</param>
internal sealed record TabularDataset(string Path, char Separator, bool HasHeader, bool AllowQuoting, IReadOnlyList<DatasetColumn> Columns) : Dataset(Path)
{
    /// <summary>Whether a value in double quotes may contain line ends.</summary>
    public bool ReadMultilines { get; init; }

    /// <summary>The column of a purpose.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public DatasetColumn this[ColumnPurpose purpose] => Columns.Single(column => column.Purpose == purpose);

    /// <summary>The column of a purpose; null where there is none.</summary>
    public DatasetColumn? Find(ColumnPurpose purpose) => Columns.SingleOrDefault(column => column.Purpose == purpose);

    /// <inheritdoc/>
    public override IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromTextFile(Path, new TextLoader.Options
    {
        Separators = [Separator],
        HasHeader = HasHeader,
        AllowQuoting = AllowQuoting,
        ReadMultilines = ReadMultilines,
        MissingRealsAsNaNs = true,
        Columns = [.. Columns.Where(column => column.Purpose != ColumnPurpose.Ignore).Select(column => new TextLoader.Column(column.Name, column.Kind, column.Index))],
    });
}
