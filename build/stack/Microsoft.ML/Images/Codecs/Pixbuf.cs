using System.Runtime.InteropServices;

namespace Microsoft.ML.Internal;

/// <summary>PNG, GIF, BMP and the rarer JPEGs by gdk-pixbuf.</summary>
internal static unsafe partial class Pixbuf
{
    private const string Library = "libgdk_pixbuf-2.0.so.0";

    /// <summary>The image, or the first of several; null where the file holds none of the format.</summary>
    public static MLImage Decode(ReadOnlySpan<byte> file, string format)
    {
        var loader = gdk_pixbuf_loader_new_with_type(format, 0);
        Contracts.Check(loader != 0, $"gdk-pixbuf does not know the format {format} here");
        try
        {
            int written;
            fixed (byte* start = file)
                written = gdk_pixbuf_loader_write(loader, start, (nuint)file.Length, 0);
            // Closing is a duty, even after an error.
            var closed = gdk_pixbuf_loader_close(loader, 0);
            var pixbuf = written != 0 && closed != 0 ? gdk_pixbuf_loader_get_pixbuf(loader) : 0;
            return pixbuf == 0 ? null : ImageOf(pixbuf);
        }
        finally
        {
            g_object_unref(loader);
        }
    }

    public static byte[] EncodePng(ReadOnlySpan<byte> pixels, int width, int height, bool opaque)
    {
        fixed (byte* start = pixels)
        {
            var pixbuf = gdk_pixbuf_new_from_data(start, 0, opaque ? 0 : 1, 8, width, height, width * (opaque ? 3 : 4), 0, 0);
            byte* encoded = null;
            try
            {
                Contracts.Check(
                    gdk_pixbuf_save_to_bufferv(pixbuf, ref encoded, out var size, "png", 0, 0, 0) != 0, "The image cannot be encoded");
                return new ReadOnlySpan<byte>(encoded, (int)size).ToArray();
            }
            finally
            {
                g_free(encoded);
                g_object_unref(pixbuf);
            }
        }
    }

    private static MLImage ImageOf(nint pixbuf)
    {
        var (width, height) = (gdk_pixbuf_get_width(pixbuf), gdk_pixbuf_get_height(pixbuf));
        var (channels, stride) = (gdk_pixbuf_get_n_channels(pixbuf), gdk_pixbuf_get_rowstride(pixbuf));
        var source = gdk_pixbuf_read_pixels(pixbuf);
        if (ImageCodec.Rent(width, height) is not { } pixels)
            return null;
        for (var y = 0; y < height; y++)
        {
            var from = new ReadOnlySpan<byte>(source + ((long)y * stride), width * channels);
            var to = pixels.AsSpan(y * width * 4, width * 4);
            if (channels == 3)
                PixelColors.FromRgb(from, to);
            else
                PixelColors.FromRgba(from, to);
        }
        return new(width, height, MLPixelFormat.Bgra32, pixels);
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint gdk_pixbuf_loader_new_with_type(string format, nint error);

    [LibraryImport(Library)] private static partial int gdk_pixbuf_loader_write(nint loader, byte* bytes, nuint count, nint error);

    [LibraryImport(Library)] private static partial int gdk_pixbuf_loader_close(nint loader, nint error);

    [LibraryImport(Library)] private static partial nint gdk_pixbuf_loader_get_pixbuf(nint loader);

    [LibraryImport(Library)] private static partial int gdk_pixbuf_get_width(nint pixbuf);

    [LibraryImport(Library)] private static partial int gdk_pixbuf_get_height(nint pixbuf);

    [LibraryImport(Library)] private static partial int gdk_pixbuf_get_n_channels(nint pixbuf);

    [LibraryImport(Library)] private static partial int gdk_pixbuf_get_rowstride(nint pixbuf);

    [LibraryImport(Library)] private static partial byte* gdk_pixbuf_read_pixels(nint pixbuf);

    [LibraryImport(Library)] private static partial nint gdk_pixbuf_new_from_data(
        byte* pixels, int colors, int hasAlpha, int bits, int width, int height, int stride, nint free, nint freeState);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int gdk_pixbuf_save_to_bufferv(
        nint pixbuf, ref byte* encoded, out nuint size, string format, nint keys, nint values, nint error);

    [LibraryImport("libgobject-2.0.so.0")] private static partial void g_object_unref(nint instance);

    [LibraryImport("libglib-2.0.so.0")] private static partial void g_free(byte* memory);
}
