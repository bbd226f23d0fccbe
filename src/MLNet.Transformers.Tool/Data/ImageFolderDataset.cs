namespace MLNet.Transformers.Tool.Data;

/// <summary>A folder with a folder of images for each class.</summary>
/// <param name="Path">The folder, as the user named it.</param>
/// <param name="Classes">The names of its folders, in order of their names.</param>
internal sealed record ImageFolderDataset(string Path, IReadOnlyList<string> Classes) : Dataset(Path)
{
    /// <summary>The column with the class.</summary>
    public const string LabelColumnName = "Label";

    /// <summary>The column with the bytes of the encoded image.</summary>
    public const string ImageColumnName = "ImageSource";

    /// <inheritdoc/>
    public override IDataView Load(MLContext mlContext) => throw new NotImplementedException();
}
