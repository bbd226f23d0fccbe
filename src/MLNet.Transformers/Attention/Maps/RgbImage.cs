using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>A picture in memory: rows from the top, red, green and blue a pixel.</summary>
internal sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    public RgbImage(int width, int height)
        : this(width, height, new byte[width * height * 3])
    {
    }

    /// <summary>An image in colour with its longer side within limits, its shape kept: each new pixel is the mean of what it covers.</summary>
    public static RgbImage Of(PixelImage image, int shortest, int longest)
    {
        var side = Math.Max(image.Width, image.Height);
        var scale = (double)Math.Clamp(side, shortest, longest) / side;
        var sized = scale == 1 ? image : image.Resize(Scaled(image.Width), Scaled(image.Height), ResamplingFilter.Box);
        return new(sized.Width, sized.Height, sized.ToRgb().Pixels);

        int Scaled(int length) => Math.Max(1, (int)Math.Round(length * scale));
    }

    public Rgb this[int x, int y]
    {
        get
        {
            var at = (y * Width + x) * 3;
            return new(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
        }
        set
        {
            var at = (y * Width + x) * 3;
            (Pixels[at], Pixels[at + 1], Pixels[at + 2]) = (value.Red, value.Green, value.Blue);
        }
    }

    /// <summary>Fills a rectangle, as far as it is on the picture.</summary>
    public void Fill(int left, int top, int width, int height, Rgb color)
    {
        for (var y = Math.Max(0, top); y < Math.Min(Height, top + height); y++)
            for (var x = Math.Max(0, left); x < Math.Min(Width, left + width); x++)
                this[x, y] = color;
    }
}
