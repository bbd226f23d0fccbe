using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>Images that tests make themselves.</summary>
internal static class Pixels
{
    /// <summary>Every value drawn for itself: the hardest thing to get right when values are weighed.</summary>
    public static PixelImage Noise(int width, int height, int channels, int seed)
    {
        var pixels = new byte[width * height * channels];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(width, height, channels, pixels);
    }

    /// <summary>Only the extreme values, so that filters with negative weights leave the range.</summary>
    public static PixelImage Extremes(int width, int height, int channels, int seed)
    {
        var noise = Noise(width, height, channels, seed);
        return new PixelImage(width, height, channels, Array.ConvertAll(noise.Pixels, value => value < 128 ? byte.MinValue : byte.MaxValue));
    }

    /// <summary>Slow changes from corner to corner, with a colour of its own for each channel.</summary>
    public static PixelImage Gradient(int width, int height, int channels)
    {
        var pixels = new byte[width * height * channels];
        for (var at = 0; at < pixels.Length; at++)
        {
            var (column, row, channel) = (at / channels % width, at / channels / width, at % channels);
            pixels[at] = (byte)(((column * (channel + 2) * 7) + (row * (5 - channel) * 11) + (channel * 40)) % 256);
        }
        return new PixelImage(width, height, channels, pixels);
    }

    /// <summary>Size, channels and values for a reference program.</summary>
    public static void Write(this BinaryWriter writer, PixelImage image)
    {
        writer.Write(image.Width);
        writer.Write(image.Height);
        writer.Write(image.Channels);
        writer.Write(image.Pixels);
    }

    /// <summary>The same from a reference program.</summary>
    public static PixelImage ReadImage(this BinaryReader reader)
    {
        var (width, height, channels) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        return new PixelImage(width, height, channels, reader.ReadBytes(width * height * channels));
    }

    public static void AssertEqual(PixelImage expected, PixelImage actual, string what)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Channels), (actual.Width, actual.Height, actual.Channels));
        for (var at = 0; at < expected.Pixels.Length; at++)
            if (expected.Pixels[at] != actual.Pixels[at])
                Assert.Fail($"{what}: value {at} of {expected.Pixels.Length} is {actual.Pixels[at]} instead of {expected.Pixels[at]}.");
    }
}
