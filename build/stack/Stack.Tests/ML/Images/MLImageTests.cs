using Microsoft.ML.Data;

namespace Stack.Tests.ML.Images;

public sealed class MLImageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(MLPixelFormat.Bgra32)]
    [InlineData(MLPixelFormat.Rgba32)]
    public void PixelsStayAsTheyWereGiven(MLPixelFormat format)
    {
        var pixels = ImageFiles.Gradient(5, 3);
        using var image = MLImage.CreateFromPixels(5, 3, format, pixels);
        Assert.Equal((5, 3, 32, format), (image.Width, image.Height, image.BitsPerPixel, image.PixelFormat));
        Assert.Equal(pixels, image.Pixels.ToArray());
        Assert.Null(image.Tag);
        image.Tag = "first";
        Assert.Equal("first", image.Tag);
        var (first, third) = format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
        Assert.Equal(
            Enumerable.Range(0, 15).SelectMany(i => new[] { pixels[(i * 4) + first], pixels[(i * 4) + 1], pixels[(i * 4) + third] }),
            image.GetBGRPixels);
    }

    [Fact]
    public void WhatCannotBeAnImageIsRefused()
    {
        var pixels = new byte[16];
        Assert.Equal("pixelFormat", Refused(() => MLImage.CreateFromPixels(2, 2, MLPixelFormat.Unknown, pixels)));
        Assert.Equal("width", Refused(() => MLImage.CreateFromPixels(0, 2, MLPixelFormat.Bgra32, pixels)));
        Assert.Equal("height", Refused(() => MLImage.CreateFromPixels(2, -1, MLPixelFormat.Bgra32, pixels)));
        Assert.Null(Refused(() => MLImage.CreateFromPixels(2, 3, MLPixelFormat.Bgra32, pixels)));
        Assert.Equal("imageStream", Refused(() => MLImage.CreateFromStream(new MemoryStream([1, 2, 3]))));
        Assert.Equal("imageStream", Refused(() => MLImage.CreateFromStream(new MemoryStream())));
        Assert.Equal("imagePath", Refused(() => MLImage.CreateFromFile(Path("absent.png"))));
        Assert.Equal("imagePath", Refused(() => MLImage.CreateFromFile(_directory.FullName)));
        Assert.Throws<ArgumentNullException>(() => MLImage.CreateFromStream(null!));
        Assert.Throws<ArgumentNullException>(() => MLImage.CreateFromFile(null!));
    }

    [Fact]
    public void ADisposedImageSaysSo()
    {
        var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [1, 2, 3, 255]);
        image.Dispose();
        image.Dispose();
        Action[] uses =
        [
            () => _ = image.Width, () => _ = image.Height, () => _ = image.PixelFormat, () => _ = image.BitsPerPixel, () => _ = image.Tag,
            () => image.Tag = "x", () => _ = image.Pixels.Length, () => _ = image.GetBGRPixels, () => image.Save(Path("x.png")),
        ];
        Assert.All(uses, use => Assert.Equal("Object is disposed.", Assert.Throws<InvalidOperationException>(use).Message));
    }

    [Fact]
    public void APngGivesTheSamePixels()
    {
        var pixels = ImageFiles.Gradient(37, 23);
        using var image = MLImage.CreateFromPixels(37, 23, MLPixelFormat.Bgra32, pixels);
        image.Save(Path("image.png"));
        using var loaded = MLImage.CreateFromFile(Path("image.png"));
        Assert.Equal(pixels, loaded.Pixels.ToArray());
        using var file = File.OpenRead(Path("image.png"));
        using var streamed = MLImage.CreateFromStream(file);
        Assert.Equal(pixels, streamed.Pixels.ToArray());
    }

    [Fact]
    public void ColoursAreKeptMultipliedByTheirAlpha()
    {
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, [100, 50, 20, 100, 0, 0, 0, 0]);
        Assert.Equal([255, 128, 51, 0, 0, 0], image.GetBGRPixels);
        image.Save(Path("image.png"));
        using var loaded = MLImage.CreateFromFile(Path("image.png"));
        Assert.Equal([100, 50, 20, 100, 0, 0, 0, 0], loaded.Pixels.ToArray());
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".JPEG")]
    public void AJpegGivesNearlyTheSamePixels(string extension)
    {
        var pixels = ImageFiles.Gradient(64, 48);
        using var image = MLImage.CreateFromPixels(64, 48, MLPixelFormat.Rgba32, pixels);
        image.Save(Path("image" + extension));
        using var loaded = MLImage.CreateFromFile(Path("image" + extension));
        Assert.Equal((64, 48), (loaded.Width, loaded.Height));
        Assert.All(image.GetBGRPixels.Zip(loaded.GetBGRPixels), pair => Assert.InRange(pair.First - pair.Second, -6, 6));
    }

    [Fact]
    public void AFormatThatCannotBeWrittenIsNamed()
    {
        using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [1, 2, 3, 255]);
        Assert.StartsWith("Saving image with the format '.gif' is not supported.", Assert.Throws<ArgumentException>(() => image.Save(Path("image.gif"))).Message);
        Assert.StartsWith("Path has invalid image file extension.", Assert.Throws<ArgumentException>(() => image.Save(Path("image"))).Message);
    }

    [Fact]
    public void BmpAndGifAreReadByTheirContent()
    {
        File.WriteAllBytes(Path("bmp.png"), ImageFiles.Bmp);
        using var bmp = MLImage.CreateFromFile(Path("bmp.png"));
        Assert.Equal((2, 2), (bmp.Width, bmp.Height));
        Assert.Equal([0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255], bmp.GetBGRPixels);
        using var gif = MLImage.CreateFromStream(new MemoryStream(ImageFiles.Gif));
        Assert.Equal((2, 1), (gif.Width, gif.Height));
        Assert.Equal([30, 20, 10, 60, 50, 40], gif.GetBGRPixels);
    }

    private static string? Refused(Func<object> make) => Assert.Throws<ArgumentException>(make).ParamName;

    private string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);
}
