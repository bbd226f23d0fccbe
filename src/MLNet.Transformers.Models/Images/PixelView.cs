namespace MLNet.Transformers.Models;

/// <summary>A rectangle of an image's pixels where they lie.</summary>
internal readonly ref struct PixelView
{
    public PixelView(ReadOnlySpan<byte> pixels, int width, int height, int channels, int stride)
    {
        (Width, Height, Channels, Stride) = (width, height, channels, stride);
        Pixels = pixels[..(((height - 1) * stride) + (width * channels))];
    }

    /// <summary>The bytes from the rectangle's first pixel to its last.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The bytes of a row.</summary>
    public ReadOnlySpan<byte> Row(int row) => Pixels.Slice(row * Stride, Width * Channels);

    /// <summary>A rectangle within this one.</summary>
    public PixelView Part(Extent columns, Extent rows) =>
        new(Pixels[((rows.Start * Stride) + (columns.Start * Channels))..], columns.Count, rows.Count, Channels, Stride);

    /// <summary>An image of another size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the filter unknown.</exception>
    public PixelImage Resize(int width, int height, ResamplingFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var pixels = new byte[checked(width * height * Channels)];
        Resampling.Run(this, width, height, filter, new(0, width), new(0, height), pixels);
        return new PixelImage(width, height, Channels, pixels);
    }

    /// <summary>Copies the rows one after another.</summary>
    public void CopyTo(Span<byte> target)
    {
        for (var row = 0; row < Height; row++)
            Row(row).CopyTo(target[(row * Width * Channels)..]);
    }
}
