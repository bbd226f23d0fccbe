namespace MLNet.Transformers.Models;

/// <summary>An image in memory, 8 bits a channel: rows from the top, pixels from the left, the channels of a pixel one after the other.</summary>
public sealed class PixelImage
{
    /// <param name="width">Columns of pixels.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">height * width * channels values, which become the image's own.</param>
    /// <exception cref="ArgumentException">The sizes are not positive, the channels neither 1 nor 3, or the values too few or too many.</exception>
    public PixelImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3))
            throw new ArgumentException($"An image has 1 or 3 channels, not {channels}.", nameof(channels));
        if (pixels.Length != (long)width * height * channels)
            throw new ArgumentException($"An image of {width} x {height} pixels and {channels} channels has {(long)width * height * channels} values, not {pixels.Length}.", nameof(pixels));
        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Columns of pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>height * width * channels values.</summary>
    public byte[] Pixels { get; }

    /// <summary>The pixels where they lie.</summary>
    internal PixelView View => new(Pixels, Width, Height, Channels, Width * Channels);

    /// <summary>The image in another size, as <see href="https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize">Pillow</see> makes it, to the last bit.</summary>
    /// <param name="width">Columns of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="filter">How pixels are weighed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the filter unknown.</exception>
    public PixelImage Resize(int width, int height, ResamplingFilter filter = ResamplingFilter.Bicubic) => View.Resize(width, height, filter);

    /// <summary>A rectangle of the image.</summary>
    /// <param name="left">Its first column.</param>
    /// <param name="top">Its first row.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within the image, or is empty.</exception>
    public PixelImage Crop(int left, int top, int width, int height)
    {
        var (columns, rows) = (Extent.Within(Width, left, width), Extent.Within(Height, top, height));
        var pixels = new byte[width * height * Channels];
        View.Part(columns, rows).CopyTo(pixels);
        return new PixelImage(width, height, Channels, pixels);
    }

    /// <summary>The image's luminance, by the weights of <see href="https://www.itu.int/rec/R-REC-BT.601">ITU-R BT.601</see>; a grey image itself.</summary>
    public PixelImage ToGray()
    {
        if (Channels == 1)
            return this;
        var gray = new byte[Width * Height];
        for (var pixel = 0; pixel < gray.Length; pixel++)
            gray[pixel] = Luminance.Of(Pixels[pixel * 3], Pixels[(pixel * 3) + 1], Pixels[(pixel * 3) + 2]);
        return new PixelImage(Width, Height, 1, gray);
    }

    /// <summary>The image in three channels: a grey one with its values three times, an RGB image itself.</summary>
    public PixelImage ToRgb()
    {
        if (Channels == 3)
            return this;
        var rgb = new byte[Pixels.Length * 3];
        for (var pixel = 0; pixel < Pixels.Length; pixel++)
            rgb.AsSpan(pixel * 3, 3).Fill(Pixels[pixel]);
        return new PixelImage(Width, Height, 3, rgb);
    }

    /// <summary>The image with so many channels.</summary>
    internal PixelImage WithChannels(int channels) => channels == 1 ? ToGray() : ToRgb();
}
