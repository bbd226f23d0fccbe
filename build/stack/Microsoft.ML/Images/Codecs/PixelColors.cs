using System.Runtime.Intrinsics;

namespace Microsoft.ML.Internal;

/// <summary>Between the decoders' pixels and those of images.</summary>
internal static class PixelColors
{
    /// <summary>A colour multiplied by its alpha.</summary>
    public static byte Multiply(byte color, byte alpha)
    {
        var product = (color * alpha) + 128;
        return (byte)((product + (product >> 8)) >> 8);
    }

    /// <summary>A colour that was multiplied by its alpha; black where alpha is 0.</summary>
    public static byte Divide(byte color, byte alpha) => alpha switch
    {
        255 => color,
        0 => 0,
        _ => (byte)Math.Min(255, ((color * 255) + (alpha >> 1)) / alpha),
    };

    /// <summary>Red, green, blue to blue, green, red, opaque.</summary>
    public static void FromRgb(ReadOnlySpan<byte> rgb, Span<byte> bgra)
    {
        var i = 0;
        var order = Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255);
        var opaque = Vector128.Create(0xFF000000u).AsByte();
        for (; (i * 3) + 16 <= rgb.Length; i += 4)
            (Vector128.Shuffle(Vector128.Create(rgb[(i * 3)..]), order) | opaque).CopyTo(bgra[(i * 4)..]);
        for (; i * 3 < rgb.Length; i++)
        {
            var from = rgb.Slice(i * 3, 3);
            var to = bgra.Slice(i * 4, 4);
            (to[0], to[1], to[2], to[3]) = (from[2], from[1], from[0], 255);
        }
    }

    /// <summary>Red, green, blue, alpha to blue, green and red multiplied by alpha, and alpha.</summary>
    public static void FromRgba(ReadOnlySpan<byte> rgba, Span<byte> bgra)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var from = rgba.Slice(i, 4);
            var to = bgra.Slice(i, 4);
            var alpha = from[3];
            (to[0], to[1], to[2], to[3]) = (Multiply(from[2], alpha), Multiply(from[1], alpha), Multiply(from[0], alpha), alpha);
        }
    }
}
