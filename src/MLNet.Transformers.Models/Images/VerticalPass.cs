using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.Transformers.Models;

/// <summary>Weighs the rows of an image: the second of the two passes that resize it.</summary>
internal static class VerticalPass
{
    /// <summary>Makes another number of rows.</summary>
    /// <param name="source">The rows from <paramref name="firstRow"/> on.</param>
    /// <param name="firstRow">The source's row that <paramref name="source"/> starts at.</param>
    /// <param name="axis">The weights along a column.</param>
    /// <param name="rows">The rows of the result that are wanted.</param>
    /// <param name="target">Room for them, one after another.</param>
    public static void Run(PixelView source, int firstRow, ResamplingAxis axis, Extent rows, Span<byte> target)
    {
        var rowBytes = source.Width * source.Channels;
        for (var row = 0; row < rows.Count; row++)
        {
            var position = rows.Start + row;
            var pixels = source.Pixels[((axis.Starts[position] - firstRow) * source.Stride)..];
            Weigh(pixels, source.Stride, axis.Weights(position), target.Slice(row * rowBytes, rowBytes));
        }
    }

    private static void Weigh(ReadOnlySpan<byte> pixels, int stride, ReadOnlySpan<int> weights, Span<byte> result)
    {
        var done = Vector256.IsHardwareAccelerated ? WeighVectors(pixels, stride, weights, result) : 0;
        for (var at = done; at < result.Length; at++)
        {
            var sum = ResamplingAxis.Half;
            for (var tap = 0; tap < weights.Length; tap++)
                sum += pixels[(tap * stride) + at] * weights[tap];
            result[at] = (byte)Math.Clamp(sum >> ResamplingAxis.FractionBits, 0, 255);
        }
    }

    private static int WeighVectors(ReadOnlySpan<byte> pixels, int stride, ReadOnlySpan<int> weights, Span<byte> result)
    {
        var at = 0;
        for (; at <= result.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            Vector256<int> first, second, third, fourth;
            first = second = third = fourth = Vector256.Create(ResamplingAxis.Half);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var weight = Vector256.Create(weights[tap]);
                var (low, high) = Vector256.Widen(Vector256.Create(pixels.Slice((tap * stride) + at, Vector256<byte>.Count)));
                var (lowest, lower) = Vector256.Widen(low);
                var (higher, highest) = Vector256.Widen(high);
                first += lowest.AsInt32() * weight;
                second += lower.AsInt32() * weight;
                third += higher.AsInt32() * weight;
                fourth += highest.AsInt32() * weight;
            }
            Vector256.Narrow(Vector256.Narrow(Clip(first), Clip(second)), Vector256.Narrow(Clip(third), Clip(fourth))).CopyTo(result[at..]);
        }
        return at;
    }

    private static Vector256<uint> Clip(Vector256<int> sums) =>
        Vector256.Clamp(sums >> ResamplingAxis.FractionBits, Vector256<int>.Zero, Vector256.Create(255)).AsUInt32();
}
