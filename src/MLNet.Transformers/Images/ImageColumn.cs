using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>A column that a stage reads images from: decoded ones, the bytes of files, or paths of files.</summary>
/// <param name="Name">The column.</param>
/// <param name="MaxPixels">The most pixels that a file may say it has.</param>
internal sealed record ImageColumn(string Name, long MaxPixels = ImageFile.DefaultMaxPixels)
{
    /// <summary>The column as a stage declares it.</summary>
    public InputColumn Input { get; } = new(Name, ColumnShape.Image) { OrElse = [ColumnShape.ByteVector, ColumnShape.Text], MayVary = true };

    /// <summary>
    /// Reads the image of the row that <paramref name="row"/> stands on. What comes back owns all that it needs, so that it can
    /// decode at any later time and on any thread; it throws <see cref="InvalidDataException"/>, naming the column and the row
    /// or the file, where there is no image or a bad one.
    /// </summary>
    public Func<Func<PixelImage>> Reader(DataViewRow row) => Reader(row, checks: false);

    /// <summary>The same to learn from: a file that shows without decoding that it is no image, and a row without one, are refused when the row is read.</summary>
    /// <inheritdoc cref="Reader(DataViewRow)"/>
    public Func<Func<PixelImage>> LearningReader(DataViewRow row) => Reader(row, checks: true);

    private Func<Func<PixelImage>> Reader(DataViewRow row, bool checks)
    {
        var column = Input.In(row.Schema);
        var read = column.Type switch
        {
            TextDataViewType => PathReader(row, column, checks),
            VectorDataViewType => BytesReader(row, column, checks),
            _ => DecodedReader(row, column),
        };
        return () => read() ?? (checks ? throw Missing(Place(row)) : ThrowMissing(Place(row)));
    }

    private Func<Func<PixelImage>?> PathReader(DataViewRow row, DataViewSchema.Column column, bool checks)
    {
        var read = TextColumns.Reader(row, column);
        return () =>
        {
            if (read() is not { Length: > 0 } path)
                return null;
            if (checks)
                ImageFile.Check(path, MaxPixels);
            return () => ImageFile.Read(path, MaxPixels);
        };
    }

    private Func<Func<PixelImage>?> BytesReader(DataViewRow row, DataViewSchema.Column column, bool checks)
    {
        var getter = row.GetGetter<VBuffer<byte>>(column);
        VBuffer<byte> bytes = default;
        return () =>
        {
            getter(ref bytes);
            if (bytes.Length == 0)
                return null;
            var file = new byte[bytes.Length];
            bytes.CopyTo(file);
            var origin = Place(row);
            if (checks)
                ImageFile.Check(file, origin, MaxPixels);
            return () => ImageFile.Decode(file, origin, MaxPixels);
        };
    }

    // The cursor disposes its image when it moves on, so that the pixels must be taken now.
    private static Func<Func<PixelImage>?> DecodedReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<MLImage>(column);
        MLImage? image = null;
        return () =>
        {
            getter(ref image!);
            if (image is null)
                return null;
            var pixels = image.ToPixels();
            return () => pixels;
        };
    }

    private static Func<PixelImage> ThrowMissing(string place) => () => throw Missing(place);

    private static InvalidDataException Missing(string place) => new($"{place} has no image.");

    private string Place(DataViewRow row) => $"Row {row.Position} of column '{Name}'";
}
