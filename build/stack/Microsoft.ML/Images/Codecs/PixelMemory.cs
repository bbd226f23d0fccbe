using System.Buffers;

namespace Microsoft.ML.Internal;

/// <summary>Memory for the pixels of images: small ones share a pool, which would keep large ones for good.</summary>
internal static class PixelMemory
{
    private const int LargestShared = 1 << 24;

    public static byte[] Take(int size) =>
        size <= LargestShared ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    public static void Return(byte[] pixels)
    {
        if (pixels.Length <= LargestShared)
            ArrayPool<byte>.Shared.Return(pixels);
    }
}
