using System.Buffers;

namespace MLNet.Transformers.Models;

/// <summary>Carries an <see cref="ImageProcessor"/> out: 8-bit pixels in, one channel after another out.</summary>
internal sealed class PixelPreparation
{
    private const int Values = 256;

    private readonly ResamplingFilter filter;
    private readonly float[][] tables;

    public PixelPreparation(ImageProcessor processor)
    {
        filter = processor.Filter;
        tables = [.. Enumerable.Range(0, processor.Channels).Select(channel => Table(processor, channel))];
    }

    private int Channels => tables.Length;

    /// <exception cref="ArgumentException">The room is not as large as the result.</exception>
    public void Prepare(PixelImage image, Framing framing, Span<float> target)
    {
        var (across, down) = (framing.Across, framing.Down);
        if (target.Length != Channels * across.Length * down.Length)
            throw new ArgumentException($"The image comes out as {Channels} x {down.Length} x {across.Length} values, and there is room for {target.Length}.", nameof(target));
        // Grey can become RGB afterwards, which saves work; luminance must be known before, or its roundings differ.
        var source = image.Channels > Channels ? image.ToGray() : image;
        var size = across.Part.Count * down.Part.Count * source.Channels;
        var pixels = ArrayPool<byte>.Shared.Rent(size);
        Resampling.Run(source.View, framing.ResizedWidth, framing.ResizedHeight, filter, across.Part, down.Part, pixels);
        var part = new PixelView(pixels.AsSpan(0, size), across.Part.Count, down.Part.Count, source.Channels, across.Part.Count * source.Channels);
        var plane = across.Length * down.Length;
        for (var channel = 0; channel < Channels; channel++)
            if (across.Part.Count < across.Length || down.Part.Count < down.Length)
                target.Slice(channel * plane, plane).Fill(tables[channel][0]);
        for (var row = 0; row < part.Height; row++)
            Write(part.Row(row), source.Channels, target[(((down.Before + row) * across.Length) + across.Before)..], plane);
        ArrayPool<byte>.Shared.Return(pixels);
    }

    private void Write(ReadOnlySpan<byte> row, int channels, Span<float> target, int plane)
    {
        if (channels == 3)
            WriteRgb(row, target, plane);
        else
            for (var channel = 0; channel < Channels; channel++)
                WriteGray(row, tables[channel], target.Slice(channel * plane, row.Length));
    }

    private void WriteRgb(ReadOnlySpan<byte> row, Span<float> target, int plane)
    {
        var width = row.Length / 3;
        var red = target[..width];
        var green = target.Slice(plane, width);
        var blue = target.Slice(2 * plane, width);
        var (reds, greens, blues) = (tables[0], tables[1], tables[2]);
        for (var column = 0; column < red.Length; column++, row = row[3..])
            (red[column], green[column], blue[column]) = (reds[row[0]], greens[row[1]], blues[row[2]]);
    }

    private static void WriteGray(ReadOnlySpan<byte> row, float[] table, Span<float> target)
    {
        for (var column = 0; column < row.Length; column++)
            target[column] = table[row[column]];
    }

    // The precisions of each step are those of the published transforms, so that every value is the same.
    private static float[] Table(ImageProcessor processor, int channel)
    {
        var table = new float[Values];
        for (var value = 0; value < Values; value++)
        {
            table[value] = processor.Rescales ? (float)(value * processor.RescaleFactor) : value;
            if (processor.Normalizes)
                table[value] = (table[value] - (float)processor.Mean[channel]) / (float)processor.Deviation[channel];
        }
        return table;
    }
}
