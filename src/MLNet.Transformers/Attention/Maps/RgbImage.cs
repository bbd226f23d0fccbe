using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>A picture in memory: rows from the top, red, green and blue a pixel.</summary>
internal sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    public RgbImage(int width, int height)
        : this(width, height, new byte[width * height * 3])
    {
    }

    public static RgbImage Of(PixelImage image) => new(
        image.Width, image.Height, image.Channels == 3 ? image.Pixels : [.. image.Pixels.SelectMany(value => new[] { value, value, value })]);

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

    /// <summary>The picture with its longer side within limits, its shape kept: each new pixel is the mean of what it covers.</summary>
    public RgbImage FitInto(int shortest, int longest)
    {
        var side = Math.Max(Width, Height);
        var scale = (double)Math.Clamp(side, shortest, longest) / side;
        if (scale == 1)
            return this;
        var result = new RgbImage(Math.Max(1, (int)Math.Round(Width * scale)), Math.Max(1, (int)Math.Round(Height * scale)));
        for (var y = 0; y < result.Height; y++)
            for (var x = 0; x < result.Width; x++)
                result[x, y] = MeanOf(x * Width / result.Width, y * Height / result.Height, (x + 1) * Width / result.Width, (y + 1) * Height / result.Height);
        return result;
    }

    private Rgb MeanOf(int left, int top, int right, int bottom)
    {
        var (red, green, blue, count) = (0, 0, 0, 0);
        for (var y = top; y < Math.Max(top + 1, bottom); y++)
        {
            for (var x = left; x < Math.Max(left + 1, right); x++)
            {
                var color = this[x, y];
                (red, green, blue, count) = (red + color.Red, green + color.Green, blue + color.Blue, count + 1);
            }
        }
        return new((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }
}
