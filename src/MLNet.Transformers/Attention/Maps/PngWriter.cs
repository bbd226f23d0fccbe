using System.Buffers.Binary;
using System.IO.Compression;

namespace MLNet.Transformers;

/// <summary>Pictures as PNG: the part of the <see href="https://www.w3.org/TR/png-3/">format</see> that plain RGB needs.</summary>
internal static class PngWriter
{
    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(value => RemainderOf((uint)value))];

    public static byte[] Write(RgbImage image)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        (header[8], header[9]) = (8, 2); // 8 bits a channel, red, green and blue
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compress(image));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(RgbImage image)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var stride = image.Width * 3;
            var above = new byte[stride];
            var lines = new[] { new byte[stride + 1], new byte[stride + 1], new byte[stride + 1] };
            for (var y = 0; y < image.Height; y++)
            {
                var row = image.Pixels.AsSpan(y * stride, stride);
                zlib.Write(Best(lines, row, above));
                row.CopyTo(above);
            }
        }
        return packed.ToArray();
    }

    /// <summary>The row as it is, less the pixel before, or less the row above: whichever has the smallest numbers.</summary>
    private static byte[] Best(byte[][] lines, ReadOnlySpan<byte> row, byte[] above)
    {
        var sums = new long[lines.Length];
        for (var filter = 0; filter < lines.Length; filter++)
        {
            var line = lines[filter];
            line[0] = (byte)filter;
            for (var i = 0; i < row.Length; i++)
            {
                var foretold = filter switch { 1 => i < 3 ? 0 : row[i - 3], 2 => above[i], _ => 0 };
                line[i + 1] = (byte)(row[i] - foretold);
                sums[filter] += Math.Abs((int)(sbyte)line[i + 1]);
            }
        }
        return lines[Array.IndexOf(sums, sums.Min())];
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] body = [.. type, .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        file.Write(number);
    }

    private static uint Checksum(byte[] bytes) =>
        ~bytes.Aggregate(uint.MaxValue, (sum, value) => Remainders[(byte)(sum ^ value)] ^ (sum >> 8));

    private static uint RemainderOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        return value;
    }
}
