using System.Runtime.InteropServices;

namespace Microsoft.ML.Internal;

/// <summary>JPEG by libjpeg-turbo's own interface.</summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";
    private const int Bgra = 8;
    private const int Bgrx = 3;
    private const int Rgbx = 2;
    private const int Cmyk = 3;
    private const int HalvedChroma = 2;
    private const int BestQuality = 100;
    private const int Warning = 0;

    // A file of a few kilobytes can ask for hours of work by its number of scans.
    private const int LimitScans = 32768;

    /// <summary>The image; null where the file is none, or one of CMYK or a sampling that this interface does not know.</summary>
    public static MLImage Decode(ReadOnlySpan<byte> file)
    {
        var handle = tjInitDecompress();
        try
        {
            fixed (byte* start = file)
            {
                if (tjDecompressHeader3(handle, start, (nuint)file.Length, out var width, out var height, out _, out var colors) != 0
                    || colors >= Cmyk
                    || ImageCodec.Rent(width, height) is not { } pixels)
                {
                    return null;
                }

                fixed (byte* target = pixels)
                {
                    if (tjDecompress2(handle, start, (nuint)file.Length, target, width, 0, height, Bgra, LimitScans) == 0
                        || tjGetErrorCode(handle) == Warning)
                    {
                        return new(width, height, MLPixelFormat.Bgra32, pixels);
                    }
                }

                PixelMemory.Return(pixels);
                return null;
            }
        }
        finally
        {
            tjDestroy(handle);
        }
    }

    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, MLPixelFormat format)
    {
        var handle = tjInitCompress();
        byte* encoded = null;
        try
        {
            nuint size = 0;
            fixed (byte* start = pixels)
            {
                Contracts.Check(
                    tjCompress2(handle, start, width, 0, height, format == MLPixelFormat.Rgba32 ? Rgbx : Bgrx,
                        ref encoded, ref size, HalvedChroma, BestQuality, 0) == 0,
                    "The image cannot be encoded");
            }
            return new ReadOnlySpan<byte>(encoded, (int)size).ToArray();
        }
        finally
        {
            tjFree(encoded);
            tjDestroy(handle);
        }
    }

    [LibraryImport(Library)] private static partial nint tjInitDecompress();

    [LibraryImport(Library)] private static partial nint tjInitCompress();

    [LibraryImport(Library)] private static partial void tjDestroy(nint handle);

    [LibraryImport(Library)] private static partial void tjFree(byte* buffer);

    [LibraryImport(Library)] private static partial int tjGetErrorCode(nint handle);

    [LibraryImport(Library)] private static partial int tjDecompressHeader3(
        nint handle, byte* file, nuint size, out int width, out int height, out int sampling, out int colors);

    [LibraryImport(Library)] private static partial int tjDecompress2(
        nint handle, byte* file, nuint size, byte* target, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library)] private static partial int tjCompress2(
        nint handle, byte* pixels, int width, int pitch, int height, int format,
        ref byte* encoded, ref nuint size, int sampling, int quality, int flags);
}
