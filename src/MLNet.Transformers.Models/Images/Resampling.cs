using System.Buffers;

namespace MLNet.Transformers.Models;

/// <summary>
/// Resizes 8-bit images as <see href="https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters">Pillow</see> does, to the last bit:
/// a pass along the rows, then one along the columns, with 8 bits between them; a filter is as wide as the shrinking asks for.
/// </summary>
internal static class Resampling
{
    /// <summary>Makes a rectangle of a resized image.</summary>
    /// <param name="source">What is resized.</param>
    /// <param name="width">Width of the whole result.</param>
    /// <param name="height">Height of the whole result.</param>
    /// <param name="filter">How pixels are weighed.</param>
    /// <param name="columns">The columns of the result that are wanted.</param>
    /// <param name="rows">The rows of the result that are wanted.</param>
    /// <param name="target">Room for them, one row after another.</param>
    public static void Run(PixelView source, int width, int height, ResamplingFilter filter, Extent columns, Extent rows, Span<byte> target)
    {
        if (filter == ResamplingFilter.Nearest)
            Pick(source, width, height, columns, rows, target);
        else if (source.Width == width && source.Height == height)
            source.Part(columns, rows).CopyTo(target);
        else if (source.Height == height)
            HorizontalPass.Run(source.Part(new(0, source.Width), rows), ResamplingAxis.Of(source.Width, width, filter), columns, target);
        else if (source.Width == width)
            VerticalPass.Run(source.Part(columns, new(0, source.Height)), 0, ResamplingAxis.Of(source.Height, height, filter), rows, target);
        else
            RunBoth(source, ResamplingAxis.Of(source.Width, width, filter), ResamplingAxis.Of(source.Height, height, filter), columns, rows, target);
    }

    private static void RunBoth(PixelView source, ResamplingAxis across, ResamplingAxis down, Extent columns, Extent rows, Span<byte> target)
    {
        var first = down.Reach(rows.Start).Start;
        var needed = new Extent(first, down.Reach(rows.End - 1).End - first);
        var rowBytes = columns.Count * source.Channels;
        var between = ArrayPool<byte>.Shared.Rent(needed.Count * rowBytes);
        HorizontalPass.Run(source.Part(new(0, source.Width), needed), across, columns, between);
        VerticalPass.Run(new PixelView(between, columns.Count, needed.Count, source.Channels, rowBytes), first, down, rows, target);
        ArrayPool<byte>.Shared.Return(between);
    }

    private static void Pick(PixelView source, int width, int height, Extent columns, Extent rows, Span<byte> target)
    {
        var (across, down) = (Nearest(source.Width, width), Nearest(source.Height, height));
        var at = 0;
        for (var row = rows.Start; row < rows.End; row++)
        {
            var pixels = source.Row(down[row]);
            for (var column = columns.Start; column < columns.End; column++)
                for (var channel = 0; channel < source.Channels; channel++)
                    target[at++] = pixels[(across[column] * source.Channels) + channel];
        }
    }

    // Pillow adds the step up instead of multiplying, so that the last bit of the sum decides between neighbours.
    private static int[] Nearest(int from, int to)
    {
        var positions = new int[to];
        var step = (double)from / to;
        var at = step * 0.5;
        for (var position = 0; position < to; position++, at += step)
            positions[position] = Math.Min((int)at, from - 1);
        return positions;
    }
}
