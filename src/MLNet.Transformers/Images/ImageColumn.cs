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
    public Func<Func<PixelImage>> Reader(DataViewRow row)
    {
        var column = Input.In(row.Schema);
        return column.Type switch
        {
            TextDataViewType => PathReader(row, column),
            VectorDataViewType => BytesReader(row, column),
            _ => DecodedReader(row, column),
        };
    }

    private Func<Func<PixelImage>> PathReader(DataViewRow row, DataViewSchema.Column column)
    {
        var read = TextColumns.Reader(row, column);
        return () => read() is { Length: > 0 } path ? () => ImageFile.Read(path, MaxPixels) : Missing(row);
    }

    private Func<Func<PixelImage>> BytesReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<byte>>(column);
        VBuffer<byte> bytes = default;
        return () =>
        {
            getter(ref bytes);
            if (bytes.Length == 0)
                return Missing(row);
            var file = new byte[bytes.Length];
            bytes.CopyTo(file);
            var origin = Place(row);
            return () => ImageFile.Decode(file, origin, MaxPixels);
        };
    }

    // The cursor disposes its image when it moves on, so that the pixels must be taken now.
    private Func<Func<PixelImage>> DecodedReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<MLImage>(column);
        MLImage? image = null;
        return () =>
        {
            getter(ref image!);
            if (image is null)
                return Missing(row);
            var pixels = image.ToPixels();
            return () => pixels;
        };
    }

    private Func<PixelImage> Missing(DataViewRow row)
    {
        var place = Place(row);
        return () => throw new InvalidDataException($"{place} has no image.");
    }

    private string Place(DataViewRow row) => $"Row {row.Position} of column '{Name}'";
}
