namespace MLNet.Transformers;

/// <summary>The header of a BMP file (https://learn.microsoft.com/windows/win32/gdi/bitmap-storage).</summary>
internal static class BmpHeader
{
    // Where the header of the bitmap stands, and the length of the oldest kind, whose sizes have 16 bits.
    private const int Bitmap = 14;
    private const uint OldLength = 12;

    public static ImageHeader Read(HeaderBytes file)
    {
        var pixels = file.LittleUInt32(10);
        var old = file.LittleUInt32(Bitmap) == OldLength;
        var (width, height) = old
            ? (file.LittleUInt16(Bitmap + 4), file.LittleUInt16(Bitmap + 6))
            : ((long)(int)file.LittleUInt32(Bitmap + 4), Math.Abs((long)(int)file.LittleUInt32(Bitmap + 8)));
        var bits = file.LittleUInt16(Bitmap + (old ? 10 : 14));
        var runLengths = !old && file.LittleUInt32(Bitmap + 16) is 1 or 2;
        var stored = runLengths ? 0 : ((bits * Math.Max(width, 0)) + 31) / 32 * 4 * Math.Min(height, int.MaxValue);
        return pixels + stored <= file.Length ? new(file.Format, width, height, ImageOrientation.AsStored) : throw file.Truncated();
    }
}
