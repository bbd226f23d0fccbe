using System.IO.Compression;
using System.Runtime.InteropServices;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>
/// Weights as short as a page needs them: a few exactly; many as a byte each, the root of their share of the largest in their row, so that
/// small weights keep more of their digits than large ones.
/// </summary>
/// <param name="Levels">Into how many steps the root is cut; 0 where the weights are 32-bit numbers.</param>
/// <param name="Largest">The largest weight of each row, 32-bit numbers, deflated, in base64; null where weights are exact.</param>
/// <param name="Values">The weights, deflated, in base64.</param>
internal sealed record PackedWeights(int Levels, string? Largest, string Values)
{
    private const int MostExact = 1 << 18, MostFine = 1 << 21;

    public static PackedWeights Of(AttentionWeights attention)
    {
        var values = attention.Values;
        if (values.Length <= MostExact)
            return new(0, null, Pack(MemoryMarshal.AsBytes(values)));
        var levels = values.Length <= MostFine ? 255 : 63;
        var largest = new float[values.Length / attention.Keys];
        var bytes = new byte[values.Length];
        for (var row = 0; row < largest.Length; row++)
        {
            var weights = values.Slice(row * attention.Keys, attention.Keys);
            foreach (var weight in weights)
                largest[row] = Math.Max(largest[row], weight);
            if (largest[row] == 0)
                continue;
            for (var key = 0; key < weights.Length; key++)
                bytes[row * attention.Keys + key] = (byte)Math.Round(levels * Math.Sqrt(weights[key] / largest[row]));
        }
        return new(levels, Pack(MemoryMarshal.AsBytes<float>(largest)), Pack(bytes));
    }

    private static string Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
