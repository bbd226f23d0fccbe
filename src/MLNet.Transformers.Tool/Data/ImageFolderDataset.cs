namespace MLNet.Transformers.Tool.Data;

/// <summary>A folder with a folder of images for each class.</summary>
/// <param name="Path">The folder, as the user named it.</param>
/// <param name="Classes">The names of its folders that have images, in order of their names.</param>
internal sealed record ImageFolderDataset(string Path, IReadOnlyList<string> Classes) : Dataset(Path)
{
    /// <summary>The column with the class.</summary>
    public const string LabelColumnName = "Label";

    /// <summary>The column with the bytes of the encoded image.</summary>
    public const string ImageColumnName = "ImageSource";

    /// <inheritdoc/>
    public override IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromEnumerable(
        ImageFolder.Files(Path).Select(image => new ImageRow { Label = image.Class, File = image.File }).ToArray());

    /// <summary>The first file of a class that has these bytes: rows know their images, not where they are.</summary>
    public string FileOf(string label, ReadOnlySpan<byte> bytes)
    {
        foreach (var (name, file) in ImageFolder.Files(Path))
            if (name == label && new FileInfo(file).Length == bytes.Length && bytes.SequenceEqual(File.ReadAllBytes(file)))
                return file;
        throw new InputException($"An image of '{label}' is no longer in {Path}.");
    }

    /// <summary>A row; the file is read when the column is.</summary>
    private sealed class ImageRow
    {
        /// <summary>The class.</summary>
        public string Label { get; set; } = "";

        /// <summary>Where the image is.</summary>
        [NoColumn]
        public string File { get; set; } = "";

        /// <summary>The bytes of the file.</summary>
        [ColumnName(ImageColumnName)]
        public byte[] ImageSource
        {
            get => System.IO.File.ReadAllBytes(File);
            set => throw new NotSupportedException();
        }
    }
}
