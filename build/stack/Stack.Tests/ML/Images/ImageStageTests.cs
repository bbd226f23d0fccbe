using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Stack.Tests.ML.Core;
using Stack.Tests.ML.Data;

namespace Stack.Tests.ML.Images;

public sealed class ImageStageTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public ImageStageTests()
    {
        for (var i = 0; i < 3; i++)
        {
            using var image = Picture(4 + i, 3, (byte)i);
            image.Save(Path.Combine(_directory.FullName, $"{i}.png"));
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void ImagesAreLoadedFromTheirFolder()
    {
        var loading = _ml.Transforms.LoadImages("Image", _directory.FullName, "Path");
        var loaded = loading.Fit(Paths("0.png", "", "2.png")).Transform(Paths("0.png", "", "2.png"));
        Assert.Equal("Image", loaded.Schema["Image"].Type.ToString());
        Assert.Equal(typeof(MLImage), loaded.Schema["Image"].Type.RawType);
        var seen = new List<string>();
        MLImage image = null!;
        using (var cursor = loaded.GetRowCursor(loaded.Schema))
        {
            var get = cursor.GetGetter<MLImage>(loaded.Schema["Image"]);
            while (cursor.MoveNext())
            {
                get(ref image!);
                seen.Add(image is null ? "none" : $"{Path.GetFileName(image.Tag)} {image.Width}x{image.Height} {image.Pixels[0]}");
            }
        }
        Assert.Equal(["0.png 4x3 0", "none", "2.png 6x3 2"], seen);
        Assert.Throws<InvalidOperationException>(() => image!.Width);
    }

    [Fact]
    public void AMissingFileOrFolderIsNamed()
    {
        var data = Paths("absent.png");
        var loaded = _ml.Transforms.LoadImages("Path", _directory.FullName).Fit(data).Transform(data);
        using (var cursor = loaded.GetRowCursor(loaded.Schema))
        {
            cursor.MoveNext();
            var get = cursor.GetGetter<MLImage>(loaded.Schema["Path"]);
            MLImage image = null!;
            Assert.Contains("absent.png", Assert.Throws<FileNotFoundException>(() => get(ref image)).Message);
        }
        Assert.Equal("Directory \"no/such\" does not exist.",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadImages("Path", "no/such")).Message);
        Throws.Param("inputSchema", "Could not find input column 'Other'", () => _ml.Transforms.LoadImages("Image", "", "Other").Fit(data));
        Throws.Param("inputSchema", "Schema mismatch for input column 'Number': expected String, got Int32",
            () => _ml.Transforms.LoadRawImageBytes("Image", "", "Number").Fit(data));
    }

    [Fact]
    public void RawBytesAreThoseOfTheFiles()
    {
        var data = Paths("0.png", "", "1.png");
        var bytes = StageCheck.Vectors<byte>(
            StageCheck.Run(_ml, _ml.Transforms.LoadRawImageBytes("Bytes", _directory.FullName, "Path"), data), "Bytes");
        Assert.Equal([File.ReadAllBytes(Path.Combine(_directory.FullName, "0.png")), [], File.ReadAllBytes(Path.Combine(_directory.FullName, "1.png"))], bytes);
    }

    [Theory]
    [InlineData(false, ImagePixelExtractingEstimator.ColorBits.Rgb, ImagePixelExtractingEstimator.ColorsOrder.ARGB, "3 6 9 12 2 5 8 11 1 4 7 10")]
    [InlineData(true, ImagePixelExtractingEstimator.ColorBits.Rgb, ImagePixelExtractingEstimator.ColorsOrder.ABGR, "1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData(true, ImagePixelExtractingEstimator.ColorBits.All, ImagePixelExtractingEstimator.ColorsOrder.AGRB, "255 2 3 1 255 5 6 4 255 8 9 7 255 11 12 10")]
    [InlineData(false, ImagePixelExtractingEstimator.ColorBits.Green, ImagePixelExtractingEstimator.ColorsOrder.ARGB, "2 5 8 11")]
    public void PixelsAreTakenInTheOrderAskedFor(
        bool interleaved, ImagePixelExtractingEstimator.ColorBits colors, ImagePixelExtractingEstimator.ColorsOrder order, string expected)
    {
        byte[] pixels = [1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255];
        foreach (var asFloats in new[] { true, false })
        {
            // The stage disposes the last image that it read.
            var data = _ml.Data.LoadFromEnumerable(
                new[] { new Square { Image = MLImage.CreateFromPixels(2, 2, MLPixelFormat.Bgra32, pixels) } });
            var stage = _ml.Transforms.ExtractPixels("Pixels", "Image", colors, order, interleaved, outputAsFloatArray: asFloats);
            var found = stage.Fit(data).Transform(data);
            var values = asFloats
                ? string.Join(' ', StageCheck.Vectors<float>(found, "Pixels")[0])
                : string.Join(' ', StageCheck.Vectors<byte>(found, "Pixels")[0]);
            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void FilesBecomePixelsOfOneSizeAfterSavingToo()
    {
        var pipeline = _ml.Transforms.LoadImages("Image", _directory.FullName, "Path")
            .Append(_ml.Transforms.ResizeImages("Image", 5, 3, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 1 / 255f, offsetImage: 1));
        var data = Paths("0.png", "1.png", "", "2.png");
        var pixels = StageCheck.Vectors<float>(StageCheck.Run(_ml, new EstimatorChain<ITransformer>().Append(pipeline).Append(
            _ml.Transforms.SelectColumns("Pixels")), data), "Pixels");
        Assert.All(pixels, row => Assert.Equal(45, row.Length));
        Assert.All(pixels[2], value => Assert.Equal(0, value));
        using var one = Picture(5, 3, 1);
        Assert.Equal((one.GetBGRPixels[2] - 1) / 255f, pixels[1][0], 1e-6);
    }

    [Theory]
    [InlineData(ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Left, "10 10 10")]
    [InlineData(ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Center, "100 100 100")]
    [InlineData(ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Right, "200 200 200")]
    [InlineData(ImageResizingEstimator.ResizingKind.Fill, ImageResizingEstimator.Anchor.Center, "10 10 200")]
    [InlineData(ImageResizingEstimator.ResizingKind.IsoPad, ImageResizingEstimator.Anchor.Center, "0 10 200")]
    public void ResizingKeepsTheSideAskedFor(
        ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor, string expected)
    {
        // A wide picture of three plain squares: 10, 100, 200.
        byte[] columns = [.. Enumerable.Repeat((byte)10, 20), .. Enumerable.Repeat((byte)100, 20), .. Enumerable.Repeat((byte)200, 20)];
        byte[] pixels = [.. from y in Enumerable.Range(0, 20) from value in columns from color in new[] { value, value, value, (byte)255 } select color];
        var data = _ml.Data.LoadFromEnumerable(new[] { new Wide { Image = MLImage.CreateFromPixels(60, 20, MLPixelFormat.Bgra32, pixels) } });
        var resized = _ml.Transforms.ResizeImages("Small", 12, 12, "Image", kind, anchor).Fit(data).Transform(data);
        Assert.Equal("Image<12, 12>", resized.Schema["Small"].Type.ToString());
        using var cursor = resized.GetRowCursor(resized.Schema);
        cursor.MoveNext();
        MLImage image = null!;
        cursor.GetGetter<MLImage>(resized.Schema["Small"])(ref image);
        var (top, left, right) = (1, (6 * 12) + 1, (6 * 12) + 10);
        Assert.Equal(expected, $"{image.Pixels[top * 4]} {image.Pixels[left * 4]} {image.Pixels[right * 4]}");
    }

    [Fact]
    public void GrayIsTheWeightedMeanOfTheColors()
    {
        var data = _ml.Data.LoadFromEnumerable(new[]
        {
            new Square { Image = MLImage.CreateFromPixels(2, 2, MLPixelFormat.Rgba32, [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 90, 90, 90, 255]) },
        });
        var gray = _ml.Transforms.ConvertToGrayscale("Gray", "Image").Fit(data).Transform(data);
        using var cursor = gray.GetRowCursor(gray.Schema);
        cursor.MoveNext();
        MLImage image = null!;
        cursor.GetGetter<MLImage>(gray.Schema["Gray"])(ref image);
        byte[] expected = [77, 150, 28, 90];
        for (var i = 0; i < 4; i++)
            Assert.All(image.Pixels.Slice(i * 4, 3).ToArray(), value => Assert.InRange(value - expected[i], -1, 1));
    }

    [Theory]
    [InlineData(1, 0, "3 2 1 255 30 20 10 255")]
    [InlineData(2, 1, "5 3 1 0 59 39 19 0")]
    public void VectorsBecomeImages(float scale, float offset, string expected)
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Colors { Values = [1, 10, 2, 20, 3, 30] }, new Colors { Values = new float[6] } });
        var stage = _ml.Transforms.ConvertToImage(1, 2, "Image", "Values", scaleImage: scale, offsetImage: offset);
        var images = stage.Fit(data).Transform(data);
        Assert.Equal("Image<1, 2>", images.Schema["Image"].Type.ToString());
        using (var cursor = images.GetRowCursor(images.Schema))
        {
            cursor.MoveNext();
            MLImage image = null!;
            cursor.GetGetter<MLImage>(images.Schema["Image"])(ref image);
            Assert.Equal((expected, MLPixelFormat.Bgra32), (string.Join(' ', image.Pixels.ToArray()), image.PixelFormat));
        }
        var back = new EstimatorChain<ITransformer>().Append(stage)
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 1 / scale, offsetImage: -offset))
            .Append(_ml.Transforms.SelectColumns("Pixels"));
        Assert.Equal([1, 10, 2, 20, 3, 30], StageCheck.Vectors<float>(StageCheck.Run(_ml, back, data), "Pixels")[0]);
        Throws.Param("inputSchema", "Schema mismatch for input column 'Values': expected Vector<Single, 3, 2, 2>, got Vector<Single, 6>",
            () => _ml.Transforms.ConvertToImage(2, 2, "Image", "Values").Fit(data));
    }

    [Fact]
    public void ImagesPassThroughAPredictionEngine()
    {
        var model = _ml.Transforms.ExtractPixels("Pixels", "Image", interleavePixelColors: true).Fit(_ml.Data.LoadFromEnumerable<Square>([]));
        using var file = new MemoryStream();
        // The model file cannot say that a column is an image, and leaves the column out of its schema.
        _ml.Model.Save(model, _ml.Data.LoadFromEnumerable<Square>([]).Schema, file);
        var loaded = _ml.Model.Load(file, out var schema);
        Assert.Empty(schema);
        using var engine = _ml.Model.CreatePredictionEngine<Square, Pixels>(loaded);
        using var image = MLImage.CreateFromPixels(2, 2, MLPixelFormat.Rgba32, [1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], engine.Predict(new Square { Image = image }).Values!);
    }

    [Fact]
    public void PixelsNeedImagesOfAKnownSize()
    {
        var data = Paths("0.png");
        var loading = _ml.Transforms.LoadImages("Image", _directory.FullName, "Path");
        Throws.Param("inputSchema", "Schema mismatch for input column 'Image': expected known-size image, got unknown-size image",
            () => loading.Append(_ml.Transforms.ExtractPixels("Pixels", "Image")).Fit(data));
        Throws.Param("inputSchema", "Schema mismatch for input column 'Path': expected image, got String",
            () => _ml.Transforms.ExtractPixels("Pixels", "Path").Fit(data));
        Throws.Param("height", () => _ml.Data.LoadFromEnumerable<AnySize>([]));
    }

    private static MLImage Picture(int width, int height, byte blue)
    {
        var pixels = ImageFiles.Gradient(width, height);
        for (var i = 0; i < pixels.Length; i += 4)
            pixels[i] = blue;
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    private IDataView Paths(params string[] paths) => _ml.Data.LoadFromEnumerable(paths.Select((path, i) => new ImageRow { Path = path, Number = i }));

    private sealed class ImageRow
    {
        public string? Path { get; set; }

        public int Number { get; set; }
    }

    private sealed class Square
    {
        [ImageType(2, 2)]
        public MLImage? Image { get; set; }
    }

    private sealed class Wide
    {
        [ImageType(20, 60)]
        public MLImage? Image { get; set; }
    }

    private sealed class AnySize
    {
        [ImageType]
        public MLImage? Image { get; set; }
    }

    private sealed class Colors
    {
        [VectorType(6)]
        public float[]? Values { get; set; }
    }

    private sealed class Pixels
    {
        [ColumnName("Pixels")]
        public float[]? Values { get; set; }
    }
}
