using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>One way to mix the images of a batch with those of the batch backwards.</summary>
/// <param name="Kept">How much an image keeps of itself, from 0 to 1.</param>
/// <param name="Cut">The rectangle that comes from the other image; null when every pixel is a mean of both.</param>
internal sealed record ImageMix(double Kept, PixelRectangle? Cut)
{
    /// <summary>A rectangle around a random pixel, of the shape of the image, as large as what is not kept; what lies outside the image is cut off, and counts as kept.</summary>
    /// <param name="kept">The share that is to be kept.</param>
    /// <param name="random">Draws the pixel.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    public static ImageMix OfRectangle(double kept, Random random, long height, long width)
    {
        var side = Math.Sqrt(1 - kept);
        var (rows, columns) = ((long)(height * side), (long)(width * side));
        var (row, column) = (random.NextInt64(height), random.NextInt64(width));
        var (top, left) = (Math.Max(0, row - rows / 2), Math.Max(0, column - columns / 2));
        var (bottom, right) = (Math.Min(height, row + rows / 2), Math.Min(width, column + columns / 2));
        var cut = new PixelRectangle(top, left, bottom - top, right - left);
        return new ImageMix(1 - cut.Height * cut.Width / (double)(height * width), cut);
    }

    /// <summary>The images mixed.</summary>
    /// <param name="pixels">(batch, channels, height, width); stays as it is.</param>
    public Tensor Pixels(Tensor pixels)
    {
        if (Cut is not { } cut)
            return Shares(pixels);
        using var others = pixels.flip(0);
        using var patch = Within(others, cut);
        var mixed = pixels.clone();
        using var place = Within(mixed, cut);
        place.copy_(patch);
        return mixed;
    }

    /// <summary>What is true of each image, mixed.</summary>
    /// <param name="values">(batch, …), such as the shares of the classes.</param>
    public Tensor Shares(Tensor values)
    {
        using var others = values.flip(0);
        using var part = others.mul(1 - Kept);
        using var own = values.mul(Kept);
        return own.add(part);
    }

    private static Tensor Within(Tensor pixels, PixelRectangle cut)
    {
        using var rows = pixels.narrow(2, cut.Top, cut.Height);
        return rows.narrow(3, cut.Left, cut.Width);
    }
}

/// <summary>Some rows and columns of an image.</summary>
/// <param name="Top">The first row, from 0.</param>
/// <param name="Left">The first column, from 0.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
internal readonly record struct PixelRectangle(long Top, long Left, long Height, long Width);
