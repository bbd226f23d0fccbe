using System.Buffers.Binary;

namespace MLNet.Transformers;

/// <summary>The orientation that a camera noted beside an image; what cannot be read says nothing.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int EntrySize = 12;

    /// <param name="exif">The tags, as in a TIFF file.</param>
    public static ImageOrientation Of(ReadOnlySpan<byte> exif)
    {
        var little = exif.StartsWith("II*\0"u8);
        if (exif.Length < 8 || (!little && !exif.StartsWith("MM\0*"u8)))
            return ImageOrientation.AsStored;
        var directory = UInt32(exif[4..], little);
        if (directory + 2L > exif.Length)
            return ImageOrientation.AsStored;
        var entries = exif[(int)directory..];
        var count = UInt16(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= EntrySize; i++, entries = entries[EntrySize..])
        {
            if (UInt16(entries, little) == Tag)
                return ImageOrientation.Numbered(UInt16(entries[8..], little));
        }
        return ImageOrientation.AsStored;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
