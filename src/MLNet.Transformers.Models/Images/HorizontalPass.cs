using System.Buffers;
using System.Runtime.Intrinsics.X86;

namespace MLNet.Transformers.Models;

/// <summary>Weighs the pixels of each row: the first of the two passes that resize an image.</summary>
internal static class HorizontalPass
{
    /// <summary>Makes rows of another width.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="axis">The weights along a row.</param>
    /// <param name="columns">The columns of the result that are wanted.</param>
    /// <param name="target">Room for them, one row after another.</param>
    public static void Run(PixelView source, ResamplingAxis axis, Extent columns, Span<byte> target)
    {
        var (rowBytes, resultBytes) = (source.Width * source.Channels, columns.Count * source.Channels);
        var readBytes = rowBytes + HorizontalVectors.Slack(axis, source.Channels);
        var copy = ArrayPool<byte>.Shared.Rent(readBytes);
        for (var row = 0; row < source.Height; row++)
        {
            var pixels = source.Pixels[(row * source.Stride)..];
            // The last rows have nothing after them that a vector could read.
            if (pixels.Length < readBytes)
            {
                pixels[..rowBytes].CopyTo(copy);
                pixels = copy;
            }
            Weigh(pixels[..readBytes], source.Channels, axis, columns, target.Slice(row * resultBytes, resultBytes));
        }
        ArrayPool<byte>.Shared.Return(copy);
    }

    private static void Weigh(ReadOnlySpan<byte> row, int channels, ResamplingAxis axis, Extent columns, Span<byte> result)
    {
        if (!Avx2.IsSupported)
            WeighPlainly(row, channels, axis, columns, result);
        else if (channels == 1)
            HorizontalVectors.WeighGray(row, axis, columns, result);
        else
            HorizontalVectors.WeighRgb(row, axis, columns, result);
    }

    /// <summary>What the vectors compute, one value after another.</summary>
    internal static void WeighPlainly(ReadOnlySpan<byte> row, int channels, ResamplingAxis axis, Extent columns, Span<byte> result)
    {
        for (var at = 0; at < result.Length; at++)
        {
            var position = columns.Start + (at / channels);
            var weights = axis.Weights(position);
            var pixels = row[((axis.Starts[position] * channels) + (at % channels))..];
            var sum = ResamplingAxis.Half;
            for (var tap = 0; tap < weights.Length; tap++)
                sum += pixels[tap * channels] * weights[tap];
            result[at] = (byte)Math.Clamp(sum >> ResamplingAxis.FractionBits, 0, 255);
        }
    }
}
