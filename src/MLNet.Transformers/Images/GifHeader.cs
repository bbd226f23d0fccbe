namespace MLNet.Transformers;

/// <summary>The header of a GIF file, up to the end of its first picture (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).</summary>
internal static class GifHeader
{
    private const byte Extension = 0x21;
    private const byte Picture = 0x2C;

    public static ImageHeader Read(HeaderBytes file)
    {
        var (width, height) = (file.LittleUInt16(6), file.LittleUInt16(8));
        var at = 13 + ColorTable(file[10]);
        while (true)
        {
            switch (file[at])
            {
                case Extension:
                    at = SkipBlocks(file, at + 2);
                    break;
                case Picture:
                    SkipBlocks(file, at + 11 + ColorTable(file[at + 9]));
                    return new(file.Format, width, height, ImageOrientation.AsStored);
                default:
                    throw file.Broken("has no picture");
            }
        }
    }

    private static long ColorTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);

    private static long SkipBlocks(HeaderBytes file, long at)
    {
        for (; file[at] is var length and > 0; at += length + 1)
            file.Slice(at, length + 1);
        return at + 1;
    }
}
