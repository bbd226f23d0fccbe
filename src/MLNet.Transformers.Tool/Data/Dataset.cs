namespace MLNet.Transformers.Tool.Data;

/// <summary>Data to learn from.</summary>
/// <param name="Path">The file or folder, as the user named it.</param>
internal abstract record Dataset(string Path)
{
    /// <summary>Number of rows.</summary>
    public int RowCount { get; init; }

    /// <summary>What the user is to know of how the data were read, a sentence each, such as that a file was converted.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What may make the model worse than it could be, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The rows of the columns that are not ignored, under their names.</summary>
    public abstract IDataView Load(MLContext mlContext);
}
