using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>How stored pixels are turned to be looked at: perhaps rows and columns change places, then either may be reversed.</summary>
/// <param name="Transposed">Whether the stored rows are the columns that one sees.</param>
/// <param name="ReversesX">Whether the stored rows are read from their end.</param>
/// <param name="ReversesY">Whether the stored rows are read from the last.</param>
internal readonly record struct ImageOrientation(bool Transposed, bool ReversesX, bool ReversesY)
{
    public static ImageOrientation AsStored { get; }

    /// <summary>An orientation by its number in the standard, 1 to 8; any other number says nothing.</summary>
    public static ImageOrientation Numbered(int number) => number switch
    {
        2 => new(false, true, false),
        3 => new(false, true, true),
        4 => new(false, false, true),
        5 => new(true, false, false),
        6 => new(true, false, true),
        7 => new(true, true, true),
        8 => new(true, true, false),
        _ => AsStored,
    };

    public PixelImage Apply(PixelImage stored)
    {
        if (this == AsStored)
            return stored;
        var (width, height) = Transposed ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        var (stepX, stepY) = (ReversesX ? -1 : 1, ReversesY ? -stored.Width : stored.Width);
        var start = (ReversesX ? stored.Width - 1 : 0) + (ReversesY ? (stored.Height - 1) * stored.Width : 0);
        var (stepColumn, stepRow) = Transposed ? (stepY, stepX) : (stepX, stepY);
        var (channels, seen) = (stored.Channels, new byte[stored.Pixels.Length]);
        for (int y = 0, to = 0; y < height; y++)
        {
            for (int x = 0, from = start + (y * stepRow); x < width; x++, from += stepColumn)
            {
                for (var channel = 0; channel < channels; channel++)
                    seen[to++] = stored.Pixels[(from * channels) + channel];
            }
        }
        return new(width, height, channels, seen);
    }
}
