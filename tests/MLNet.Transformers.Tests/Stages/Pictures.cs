using System.Buffers.Binary;

namespace MLNet.Transformers.Tests;

/// <summary>Small pictures as the bytes of BMP files, made when they are asked for.</summary>
public static class Pictures
{
    private const int HeaderSize = 54;

    /// <summary>A noisy red picture, or a noisy blue one, which differ from number to number.</summary>
    public static byte[] Of(bool isRed, int number, int side = 12)
    {
        var random = new Random(number);
        return Bmp(side, side, (_, _) =>
        {
            var (strong, weak) = ((byte)random.Next(150, 256), (byte)random.Next(0, 106));
            return isRed ? (strong, (byte)random.Next(256), weak) : (weak, (byte)random.Next(256), strong);
        });
    }

    /// <summary>A file of 24 bits a pixel, as <see href="https://learn.microsoft.com/windows/win32/gdi/bitmap-storage">Windows lays it out</see>.</summary>
    public static byte[] Bmp(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        var stride = (width * 3 + 3) / 4 * 4;
        var file = new byte[HeaderSize + stride * height];
        "BM"u8.CopyTo(file);
        void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        Write(2, file.Length);
        Write(10, HeaderSize);
        Write(14, 40);
        Write(18, width);
        Write(22, height);
        Write(26, 1 | 24 << 16);
        Write(34, stride * height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = pixel(x, y);
                var at = HeaderSize + (height - 1 - y) * stride + x * 3;
                (file[at], file[at + 1], file[at + 2]) = (blue, green, red);
            }
        return file;
    }
}
