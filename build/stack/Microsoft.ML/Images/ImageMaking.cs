using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Internal;

/// <summary>What becomes of a vector that holds the colours of an image.</summary>
internal sealed class ImageMaking
{
    // Blue, green, red and alpha where the vector has none.
    private readonly int[] _defaults;
    private readonly ColorPlanes _planes;
    private readonly float _scale;
    private readonly float _offset;

    public ImageMaking(int imageHeight, int imageWidth, ColorPlanes planes, float scaleImage, float offsetImage, int[] defaults)
    {
        Contracts.CheckParam(planes.Count > 0, "colorsPresent", "Need to use at least one color plane");
        Contracts.CheckParam(imageWidth > 0, nameof(imageWidth), "Image width must be greater than zero");
        Contracts.CheckParam(imageHeight > 0, nameof(imageHeight), "Image height must be greater than zero");
        Contracts.CheckParam(float.IsFinite(offsetImage), nameof(offsetImage));
        Contracts.CheckParam(float.IsFinite(scaleImage) && scaleImage != 0, nameof(scaleImage));
        Type = new(imageHeight, imageWidth);
        _planes = planes;
        _scale = scaleImage;
        _offset = offsetImage;
        _defaults = defaults;
    }

    public ImageMaking(BinaryReader reader)
        : this(reader.ReadInt32(), reader.ReadInt32(), new(reader), reader.ReadSingle(), reader.ReadSingle(),
            [reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()])
    {
    }

    public ImageDataViewType Type { get; }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Type.Height);
        writer.Write(Type.Width);
        _planes.Save(writer);
        writer.Write(_scale);
        writer.Write(_offset);
        foreach (var value in _defaults)
            writer.Write(value);
    }

    public VectorDataViewType VectorOf(PrimitiveDataViewType item) => _planes.TypeOf(item, Type);

    /// <summary>An image of the values; as in the packages, one of scaled bytes that has no alpha is given none at all.</summary>
    public MLImage Make<T>(ReadOnlySpan<T> values, Func<T, float> number)
    {
        var pixels = new byte[Type.Height * Type.Width * 4];
        var scaled = typeof(T) != typeof(byte) && (_scale != 1 || _offset != 0);
        for (var place = 0; place < 4; place++)
        {
            var value = scaled && place == 3 ? (byte)0 : Byte(_defaults[place], scaled);
            for (var i = place; i < pixels.Length; i += 4)
                pixels[i] = value;
        }
        foreach (var (place, first, step) in _planes.Steps(MLPixelFormat.Bgra32, pixels.Length / 4))
        {
            for (int i = place, from = first; i < pixels.Length; i += 4, from += step)
                pixels[i] = Byte(number(values[from]), scaled);
        }
        var image = MLImage.CreateFromPixels(Type.Width, Type.Height, MLPixelFormat.Bgra32, pixels);
        image.Tag = nameof(VectorToImageConvertingTransformer);
        return image;
    }

    private byte Byte(float value, bool scaled) => scaled ? (byte)Math.Round((value * _scale) - _offset) : (byte)value;
}
