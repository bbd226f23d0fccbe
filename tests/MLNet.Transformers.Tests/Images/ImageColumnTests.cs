using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Images;

public sealed class ImageColumnTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly byte[][] _pixels = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 4 * 3 * 3).Select(j => (byte)((i * 70) + j)).ToArray())];

    public ImageColumnTests()
    {
        for (var i = 0; i < _pixels.Length; i++)
        {
            using var image = ImageOf(_pixels[i]);
            image.Save(_folder.File($"{i}.png"));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PathsBytesAndImagesGiveTheSamePixelsAlsoLater()
    {
        var paths = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new PathRow { Image = _folder.File($"{i}.png") }));
        var images = _ml.Data.LoadFromEnumerable(_pixels.Select(pixels => new ImageRow { Image = ImageOf(pixels) }));
        IDataView[] views =
        [
            paths,
            _ml.Transforms.LoadRawImageBytes("Image", null).Fit(paths).Transform(paths),
            _ml.Transforms.LoadImages("Image", null).Fit(paths).Transform(paths),
            images,
        ];
        Assert.All(views, view => Assert.Equal(_pixels, Read(view).AsParallel().AsOrdered().Select(image => image().Pixels).ToArray()));
    }

    [Fact]
    public void BytesMayHaveOneKnownSize()
    {
        var file = File.ReadAllBytes(_folder.File("1.png"));
        var definition = SchemaDefinition.Create(typeof(BytesRow));
        definition[nameof(BytesRow.Image)].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, file.Length);
        var view = _ml.Data.LoadFromEnumerable([new BytesRow { Image = file }], definition);
        Assert.Equal(_pixels[1], Assert.Single(Read(view))().Pixels);
    }

    [Fact]
    public void ARowWithoutImageOrWithABadOneIsNamedWhenItIsDecoded()
    {
        var paths = _ml.Data.LoadFromEnumerable([new PathRow { Image = _folder.File("0.png") }, new PathRow { Image = "" }]);
        var missing = Read(paths)[1];
        Assert.Equal("Row 1 of column 'Image' has no image.", Assert.Throws<InvalidDataException>(missing).Message);
        foreach (var view in new[] { _ml.Transforms.LoadRawImageBytes("Image", null).Fit(paths).Transform(paths), _ml.Transforms.LoadImages("Image", null).Fit(paths).Transform(paths) })
            Assert.Equal("Row 1 of column 'Image' has no image.", Assert.Throws<InvalidDataException>(Read(view)[1]).Message);
        var bytes = _ml.Data.LoadFromEnumerable([new BytesRow { Image = [1, 2, 3] }]);
        Assert.Equal(
            "Row 0 of column 'Image' is no image that can be read: it is neither PNG, JPEG, GIF nor BMP.",
            Assert.Throws<InvalidDataException>(Read(bytes)[0]).Message);
        var path = _folder.File("absent.png");
        var absent = Read(_ml.Data.LoadFromEnumerable([new PathRow { Image = path }]))[0];
        Assert.Contains($"'{path}'", Assert.Throws<InvalidDataException>(absent).Message, StringComparison.Ordinal);
        Assert.Contains("4 x 3 pixels, and 11 are allowed", Assert.Throws<InvalidDataException>(Read(paths, maxPixels: 11)[0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnOfSomethingElseIsNamed()
    {
        var view = _ml.Data.LoadFromEnumerable([new NumberRow { Image = 1 }]);
        Assert.Contains(
            "Schema mismatch for input column 'Image': expected Image or Vector<Byte> or String, got Single",
            Assert.Throws<ArgumentOutOfRangeException>(() => Read(view)).Message,
            StringComparison.Ordinal);
        var column = new ImageColumn("Other");
        Assert.Contains("Could not find input column 'Other'", Assert.Throws<ArgumentOutOfRangeException>(() => column.Input.In(view.Schema)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MLPixelFormat.Bgra32)]
    [InlineData(MLPixelFormat.Rgba32)]
    public void PixelsAreThoseThatMLNetGives(MLPixelFormat format)
    {
        // Of every width, so that blocks and rests meet; some pixels let light through.
        var random = new Random(5);
        for (var width = 1; width < 24; width++)
        {
            var values = new byte[width * 2 * 4];
            for (var i = 0; i < values.Length; i += 4)
            {
                var alpha = random.Next(3) == 0 ? random.Next(256) : 255;
                for (var channel = 0; channel < 3; channel++)
                    values[i + channel] = (byte)random.Next(alpha + 1);
                values[i + 3] = (byte)alpha;
            }
            using var image = MLImage.CreateFromPixels(width, 2, format, values);
            var (pixels, expected) = (image.ToPixels().Pixels, image.GetBGRPixels);
            for (var i = 0; i < expected.Length; i += 3)
                Assert.Equal((expected[i + 2], expected[i + 1], expected[i]), (pixels[i], pixels[i + 1], pixels[i + 2]));
        }
    }

    [Fact]
    public void ColoursWithoutAnyAlphaAreKept()
    {
        // What ConvertToImage makes of scaled vectors.
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, [1, 2, 3, 0, 0, 0, 0, 0]);
        Assert.Equal([1, 2, 3, 0, 0, 0], image.ToPixels().Pixels);
    }

    private static Func<PixelImage>[] Read(IDataView view, long maxPixels = ImageFile.DefaultMaxPixels)
    {
        var column = new ImageColumn("Image", maxPixels);
        using var cursor = view.GetRowCursor([column.Input.In(view.Schema)]);
        var read = column.Reader(cursor);
        var images = new List<Func<PixelImage>>();
        while (cursor.MoveNext())
            images.Add(read());
        return [.. images];
    }

    private static MLImage ImageOf(byte[] rgb) => MLImage.CreateFromPixels(4, 3, MLPixelFormat.Rgba32, [.. rgb.Chunk(3).SelectMany(pixel => pixel.Append((byte)255))]);

    private sealed class PathRow
    {
        public string Image { get; set; } = "";
    }

    private sealed class BytesRow
    {
        public byte[] Image { get; set; } = [];
    }

    private sealed class ImageRow
    {
        [ImageType(3, 4)]
        public MLImage? Image { get; set; }
    }

    private sealed class NumberRow
    {
        public float Image { get; set; }
    }
}
