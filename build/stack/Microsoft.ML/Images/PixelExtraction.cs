using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Internal;

/// <summary>Which colours of a pixel go where, and what becomes of them.</summary>
internal sealed class PixelExtraction
{
    private readonly ColorPlanes _planes;
    private readonly float _offset;
    private readonly float _scale;

    public PixelExtraction(ColorPlanes planes, float offsetImage, float scaleImage, bool asFloats)
    {
        _planes = planes;
        _offset = asFloats ? offsetImage : 0;
        _scale = asFloats ? scaleImage : 1;
        AsFloats = asFloats;
        Contracts.CheckParam(planes.Count > 0, "colorsToExtract", "Need to use at least one color plane.");
        Contracts.CheckParam(float.IsFinite(_offset), nameof(offsetImage));
        Contracts.CheckParam(float.IsFinite(_scale) && _scale != 0, nameof(scaleImage));
    }

    public PixelExtraction(BinaryReader reader)
        : this(new(reader), reader.ReadSingle(), reader.ReadSingle(), reader.ReadBoolean())
    {
    }

    public bool AsFloats { get; }

    public void Save(BinaryWriter writer)
    {
        _planes.Save(writer);
        writer.Write(_offset);
        writer.Write(_scale);
        writer.Write(AsFloats);
    }

    public VectorDataViewType TypeOf(ImageDataViewType image) =>
        _planes.TypeOf(AsFloats ? NumberDataViewType.Single : NumberDataViewType.Byte, image);

    public void Extract(MLImage image, Span<float> values)
    {
        var pixels = image.Pixels;
        foreach (var (from, to, step) in _planes.Steps(image.PixelFormat, pixels.Length / 4))
        {
            for (int i = from, j = to; i < pixels.Length; i += 4, j += step)
                values[j] = (pixels[i] - _offset) * _scale;
        }
    }

    public void Extract(MLImage image, Span<byte> values)
    {
        var pixels = image.Pixels;
        foreach (var (from, to, step) in _planes.Steps(image.PixelFormat, pixels.Length / 4))
        {
            for (int i = from, j = to; i < pixels.Length; i += 4, j += step)
                values[j] = pixels[i];
        }
    }
}
