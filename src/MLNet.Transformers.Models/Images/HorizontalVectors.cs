using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLNet.Transformers.Models;

/// <summary>
/// <see cref="HorizontalPass"/> in 256-bit vectors. Every position takes as many steps as the widest, with weights of zero at the end:
/// a loop that ends at another step each time costs more than the products.
/// </summary>
internal static class HorizontalVectors
{
    private const int RgbStep = 4;
    private const int GrayStep = 8;

    /// <summary>Bytes that are read, and weighed by zero, beyond a row's end.</summary>
    public static int Slack(ResamplingAxis axis, int channels) => ((axis.Taps + GrayStep) * channels) + Vector128<byte>.Count;

    /// <summary>Weighs a row of three channels, four pixels at a time: two in each half of the vector.</summary>
    public static void WeighRgb(ReadOnlySpan<byte> row, ResamplingAxis axis, Extent columns, Span<byte> result)
    {
        const byte none = 0x80;
        var spread = Vector256.Create(
            (byte)0, none, 3, none, 1, none, 4, none, 2, none, 5, none, none, none, none, none,
            6, none, 9, none, 7, none, 10, none, 8, none, 11, none, none, none, none, none);
        var halves = Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1);
        var half = Vector128.Create(ResamplingAxis.Half);
        var bytes = Vector128.Create((byte)0, 4, 8, none, none, none, none, none, none, none, none, none, none, none, none, none);
        var steps = (axis.Taps + RgbStep - 1) / RgbStep;
        var fours = axis.Stride / RgbStep;
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var lows = ref Unsafe.As<short, long>(ref MemoryMarshal.GetReference(axis.Lows));
        ref var highs = ref Unsafe.As<short, long>(ref MemoryMarshal.GetReference(axis.Highs));
        ref var target = ref MemoryMarshal.GetReference(result);
        var starts = axis.Starts.Slice(columns.Start, columns.Count);
        for (var column = 0; column < starts.Length; column++)
        {
            ref var pixels = ref Unsafe.Add(ref source, starts[column] * 3);
            var first = (columns.Start + column) * fours;
            var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (var step = 0; step < steps; step++)
            {
                var four = Vector128.LoadUnsafe(ref pixels, (nuint)(step * RgbStep * 3));
                var values = Avx2.Shuffle(Vector256.Create(four, four), spread).AsInt16();
                low += Avx2.MultiplyAddAdjacent(values, Pairs(Unsafe.Add(ref lows, first + step), halves));
                high += Avx2.MultiplyAddAdjacent(values, Pairs(Unsafe.Add(ref highs, first + step), halves));
            }
            var sums = low + (high << ResamplingAxis.LowBits);
            var pixel = Clip(sums.GetLower() + sums.GetUpper() + half);
            var packed = Ssse3.Shuffle(pixel.AsByte(), bytes).AsUInt32().ToScalar();
            if (column < starts.Length - 1)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, column * 3), packed);
            else
                WriteLast(result, packed);
        }
    }

    /// <summary>Weighs a row of one channel, eight pixels at a time.</summary>
    public static void WeighGray(ReadOnlySpan<byte> row, ResamplingAxis axis, Extent columns, Span<byte> result)
    {
        var taps = (axis.Taps + GrayStep - 1) / GrayStep * GrayStep;
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var lows = ref MemoryMarshal.GetReference(axis.Lows);
        ref var highs = ref MemoryMarshal.GetReference(axis.Highs);
        var starts = axis.Starts.Slice(columns.Start, columns.Count);
        for (var column = 0; column < starts.Length; column++)
        {
            ref var pixels = ref Unsafe.Add(ref source, starts[column]);
            var first = (nuint)((columns.Start + column) * axis.Stride);
            var (low, high) = (Vector128<int>.Zero, Vector128<int>.Zero);
            for (var tap = 0; tap < taps; tap += GrayStep)
            {
                var values = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref pixels, tap))).AsByte()).AsInt16();
                low += Sse2.MultiplyAddAdjacent(values, Vector128.LoadUnsafe(ref lows, first + (nuint)tap));
                high += Sse2.MultiplyAddAdjacent(values, Vector128.LoadUnsafe(ref highs, first + (nuint)tap));
            }
            var sum = Vector128.Sum(low + (high << ResamplingAxis.LowBits)) + ResamplingAxis.Half;
            result[column] = (byte)Math.Clamp(sum >> ResamplingAxis.FractionBits, 0, 255);
        }
    }

    /// <summary>Two pairs of weights, each in every place of its half of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pairs(long weights, Vector256<int> halves) =>
        Avx2.PermuteVar8x32(Vector256.Create(weights).AsInt32(), halves).AsInt16();

    private static Vector128<int> Clip(Vector128<int> sums) =>
        Vector128.Min(Vector128.Max(sums >> ResamplingAxis.FractionBits, Vector128<int>.Zero), Vector128.Create(255));

    private static void WriteLast(Span<byte> result, uint packed)
    {
        var pixel = result[^3..];
        (pixel[0], pixel[1], pixel[2]) = ((byte)packed, (byte)(packed >> 8), (byte)(packed >> 16));
    }
}
