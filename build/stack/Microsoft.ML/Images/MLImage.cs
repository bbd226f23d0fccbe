namespace Microsoft.ML.Data;

/// <summary>An image in memory, four bytes a pixel. What was decoded has its colours multiplied by their alpha.</summary>
public sealed class MLImage : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly MLPixelFormat _format;
    private byte[] _pixels;
    private string _tag;

    /// <summary>Takes over pixels that were rented from the shared pool, and gives them back when disposed.</summary>
    internal MLImage(int width, int height, MLPixelFormat format, byte[] pixels)
    {
        _width = width;
        _height = height;
        _format = format;
        _pixels = pixels;
    }

    public int Width => Checked(_width);

    public int Height => Checked(_height);

    public MLPixelFormat PixelFormat => Checked(_format);

    public int BitsPerPixel => Checked(32);

    public ReadOnlySpan<byte> Pixels => Checked(_pixels).AsSpan(0, _width * _height * 4);

    public string Tag
    {
        get => Checked(_tag);
        set => _tag = Checked(value);
    }

    /// <summary>Blue, green and red of each pixel, no longer multiplied by alpha.</summary>
    public byte[] GetBGRPixels
    {
        get
        {
            var colors = new byte[Width * Height * 3];
            var (blue, red) = _format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
            var pixels = Pixels;
            for (int from = 0, to = 0; to < colors.Length; from += 4, to += 3)
            {
                var alpha = pixels[from + 3];
                colors[to] = PixelColors.Divide(pixels[from + blue], alpha);
                colors[to + 1] = PixelColors.Divide(pixels[from + 1], alpha);
                colors[to + 2] = PixelColors.Divide(pixels[from + red], alpha);
            }
            return colors;
        }
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        return (File.Exists(imagePath) ? ImageCodec.Decode(File.ReadAllBytes(imagePath)) : null)
            ?? throw new ArgumentException("Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        return ImageCodec.Decode(Rest(imageStream)) ?? throw new ArgumentException("Invalid input stream contents", nameof(imageStream));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        if (width <= 0)
            throw new ArgumentException("Invalid width value.", nameof(width));
        if (height <= 0)
            throw new ArgumentException("Invalid height value.", nameof(height));
        if (imagePixelData.Length != width * height * 4)
            throw new ArgumentException($"Invalid {nameof(imagePixelData)} buffer size.");
        var pixels = PixelMemory.Take(imagePixelData.Length);
        imagePixelData.CopyTo(pixels);
        return new(width, height, pixelFormat, pixels);
    }

    /// <summary>Writes a file in the format that its extension names.</summary>
    public void Save(string imagePath)
    {
        Checked(_pixels);
        var extension = Path.GetExtension(imagePath);
        var encoded = extension.ToLowerInvariant() switch
        {
            ".png" => ImageCodec.EncodePng(this),
            ".jpg" or ".jpeg" => ImageCodec.EncodeJpeg(this),
            ".bmp" or ".gif" or ".ico" or ".astc" or ".avif" or ".dng" or ".heif" or ".ktx" or ".pkm" or ".wbmp" or ".webp" =>
                throw new ArgumentException(
                    $"Saving image with the format '{extension}' is not supported. Try save it with `Jpeg`, `Png`, or `Webp` format.",
                    nameof(imagePath)),
            _ => throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath)),
        };
        File.WriteAllBytes(imagePath, encoded);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is { } pixels)
            PixelMemory.Return(pixels);
    }

    private static ReadOnlySpan<byte> Rest(Stream stream)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var whole))
        {
            var rest = whole.AsSpan((int)Math.Min(memory.Position, memory.Length));
            memory.Position = memory.Length;
            return rest;
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsSpan(0, (int)copy.Length);
    }

    private T Checked<T>(T value) => _pixels is null ? throw new InvalidOperationException("Object is disposed.") : value;
}
