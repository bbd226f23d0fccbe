namespace MLNet.Transformers.Tool.Data;

/// <summary>Data to learn from.</summary>
/// <param name="Path">The file or folder, as the user named it.</param>
internal abstract record Dataset(string Path)
{
    /// <summary>The rows of the columns that are not ignored, under their names.</summary>
    public abstract IDataView Load(MLContext mlContext);
}
