using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>
/// Decodes PNG, JPEG, GIF and BMP files, which are told apart by what they hold and not by their names, to red, green and blue.
/// The orientation that a camera noted (https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf) is honoured, an animation gives
/// its first picture, 16 bits become 8, and transparency is dropped: a colour stays what it is without its alpha, and where
/// nothing of it shows it is black.
/// </summary>
public static class ImageFile
{
    /// <summary>
    /// The most pixels that an image may have unless a caller says otherwise: 3 bytes for each make a quarter of a gibibyte. While
    /// it is decoded it takes about four times as much.
    /// </summary>
    public const long DefaultMaxPixels = 89_478_485;

    /// <summary>Decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">The most pixels that it may say it has; more are refused before any memory is taken for them.</param>
    /// <exception cref="InvalidDataException">The file cannot be read, or holds no image, a broken or truncated one, or one that is too large; the message names the file.</exception>
    public static PixelImage Read(string path, long maxPixels = DefaultMaxPixels) => Use(path, file => Decode(file, OriginOf(path), maxPixels));

    /// <summary>Decodes the bytes of a file.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="origin">What an error calls the image; the first words of its message.</param>
    /// <param name="maxPixels">The most pixels that it may say it has; more are refused before any memory is taken for them.</param>
    /// <exception cref="InvalidDataException">The bytes are no image, a broken or truncated one, or one that is too large.</exception>
    public static PixelImage Decode(ReadOnlyMemory<byte> file, string origin, long maxPixels = DefaultMaxPixels)
    {
        try
        {
            var header = HeaderOf(file.Span, maxPixels);
            using var stream = StreamOver(file);
            using var image = MLImage.CreateFromStream(stream);
            if (image.Width != header.Width || image.Height != header.Height)
                throw new InvalidDataException($"the {header.Format} has {image.Width} x {image.Height} pixels, but its header says {header.Width} x {header.Height}");
            return header.Orientation.Apply(image.ToPixels());
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            throw Unreadable(origin, exception is InvalidDataException ? exception.Message : "its pixels cannot be decoded", exception);
        }
    }

    /// <summary>Refuses a file that shows without decoding that it cannot be: one that is missing, no image, cut off, or too large.</summary>
    /// <exception cref="InvalidDataException">It is so; the message names the file.</exception>
    internal static void Check(string path, long maxPixels) => Use(path, file =>
    {
        Check(file.Span, OriginOf(path), maxPixels);
        return true;
    });

    /// <summary>Refuses the bytes of a file that show without decoding that they cannot be: no image, cut off, or too large.</summary>
    /// <exception cref="InvalidDataException">They are so.</exception>
    internal static void Check(ReadOnlySpan<byte> file, string origin, long maxPixels)
    {
        try
        {
            HeaderOf(file, maxPixels);
        }
        catch (InvalidDataException exception)
        {
            throw Unreadable(origin, exception.Message, exception);
        }
    }

    private static ImageHeader HeaderOf(ReadOnlySpan<byte> file, long maxPixels)
    {
        var header = ImageHeader.Of(file);
        header.Check(maxPixels);
        return header;
    }

    private static InvalidDataException Unreadable(string origin, string reason, Exception exception) =>
        new($"{origin} is no image that can be read: {reason}.", exception);

    private static string OriginOf(string path) => $"The file '{path}'";

    /// <summary>What is made of all bytes of a file, which are there no longer than that.</summary>
    private static T Use<T>(string path, Func<ReadOnlyMemory<byte>, T> use)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[]? rented = null;
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[ImageHeader.SignatureLength];
            start = start[..Fill(file, start)];
            // Of what is no image no more is read than shows it.
            var length = ImageHeader.FormatOf(start) is null ? start.Length : RandomAccess.GetLength(file);
            if (length > Array.MaxLength)
                throw new InvalidDataException($"{OriginOf(path)} is too large for an image: {length} bytes.");
            rented = ArrayPool<byte>.Shared.Rent((int)length);
            return use(rented.AsMemory(0, Fill(file, rented.AsSpan(0, (int)length))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{OriginOf(path)} cannot be read: {exception.Message}", exception);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Fill(SafeFileHandle file, Span<byte> bytes)
    {
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes[filled..], filled) is var count and > 0)
            filled += count;
        return filled;
    }

    private static MemoryStream StreamOver(ReadOnlyMemory<byte> file) =>
        MemoryMarshal.TryGetArray(file, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
            : new(file.ToArray(), writable: false);
}
