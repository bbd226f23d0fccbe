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
}
