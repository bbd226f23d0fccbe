using System.Numerics;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Internal;

/// <summary>Which colours of a pixel go where, and what becomes of them.</summary>
internal sealed class PixelExtraction
{
    private readonly ImagePixelExtractingEstimator.ColorBits _colors;
    private readonly ImagePixelExtractingEstimator.ColorsOrder _order;
    private readonly bool _interleaved;
    private readonly float _offset;
    private readonly float _scale;

    public PixelExtraction(
        ImagePixelExtractingEstimator.ColorBits colorsToExtract,
        ImagePixelExtractingEstimator.ColorsOrder order,
        bool interleaved,
        float offsetImage,
        float scaleImage,
        bool asFloats)
    {
        _colors = colorsToExtract;
        _order = order;
        _interleaved = interleaved;
        _offset = asFloats ? offsetImage : 0;
        _scale = asFloats ? scaleImage : 1;
        AsFloats = asFloats;
        Contracts.CheckParam(Planes > 0, nameof(colorsToExtract), "Need to use at least one color plane.");
        Contracts.CheckParam(float.IsFinite(_offset), nameof(offsetImage));
        Contracts.CheckParam(float.IsFinite(_scale) && _scale != 0, nameof(scaleImage));
    }

    public PixelExtraction(BinaryReader reader)
    {
        _colors = (ImagePixelExtractingEstimator.ColorBits)reader.ReadByte();
        _order = (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte();
        AsFloats = reader.ReadBoolean();
        _offset = reader.ReadSingle();
        _scale = reader.ReadSingle();
        _interleaved = reader.ReadBoolean();
        Contracts.CheckDecode(Planes > 0 && Enum.IsDefined(_order));
    }

    public bool AsFloats { get; }

    private int Planes => BitOperations.PopCount((uint)(_colors & ImagePixelExtractingEstimator.ColorBits.All));

    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)_colors);
        writer.Write((byte)_order);
        writer.Write(AsFloats);
        writer.Write(_offset);
        writer.Write(_scale);
        writer.Write(_interleaved);
    }

    public VectorDataViewType TypeOf(ImageDataViewType image)
    {
        var item = AsFloats ? NumberDataViewType.Single : NumberDataViewType.Byte;
        return _interleaved ? new(item, image.Height, image.Width, Planes) : new(item, Planes, image.Height, image.Width);
    }

    public void Extract(MLImage image, Span<float> values)
    {
        var pixels = image.Pixels;
        foreach (var (from, to, step) in Steps(image))
        {
            for (int i = from, j = to; i < pixels.Length; i += 4, j += step)
                values[j] = (pixels[i] - _offset) * _scale;
        }
    }

    public void Extract(MLImage image, Span<byte> values)
    {
        var pixels = image.Pixels;
        foreach (var (from, to, step) in Steps(image))
        {
            for (int i = from, j = to; i < pixels.Length; i += 4, j += step)
                values[j] = pixels[i];
        }
    }

    // For each colour: where it first stands in the pixels, where its first value goes, and how far apart its values are.
    private IEnumerable<(int From, int To, int Step)> Steps(MLImage image)
    {
        var plane = 0;
        foreach (var color in _order.ToString())
        {
            var (bit, from) = color switch
            {
                'A' => (ImagePixelExtractingEstimator.ColorBits.Alpha, 3),
                'R' => (ImagePixelExtractingEstimator.ColorBits.Red, image.PixelFormat == MLPixelFormat.Rgba32 ? 0 : 2),
                'G' => (ImagePixelExtractingEstimator.ColorBits.Green, 1),
                _ => (ImagePixelExtractingEstimator.ColorBits.Blue, image.PixelFormat == MLPixelFormat.Rgba32 ? 2 : 0),
            };
            if (!_colors.HasFlag(bit))
                continue;
            yield return _interleaved ? (from, plane, Planes) : (from, plane * image.Width * image.Height, 1);
            plane++;
        }
    }
}
