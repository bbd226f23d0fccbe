using System.Numerics;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Internal;

/// <summary>The colours that a vector has of an image, and how they follow one another.</summary>
internal sealed record ColorPlanes(
    ImagePixelExtractingEstimator.ColorBits Colors, ImagePixelExtractingEstimator.ColorsOrder Order, bool Interleaved)
{
    public ColorPlanes(BinaryReader reader)
        : this((ImagePixelExtractingEstimator.ColorBits)reader.ReadByte(), (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte(), reader.ReadBoolean()) =>
        Contracts.CheckDecode(Count > 0 && Enum.IsDefined(Order));

    public int Count => BitOperations.PopCount((uint)(Colors & ImagePixelExtractingEstimator.ColorBits.All));

    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)Colors);
        writer.Write((byte)Order);
        writer.Write(Interleaved);
    }

    public VectorDataViewType TypeOf(PrimitiveDataViewType item, ImageDataViewType image) =>
        Interleaved ? new(item, image.Height, image.Width, Count) : new(item, Count, image.Height, image.Width);

    /// <summary>For each colour: which byte of a pixel it is, where its first value stands in the vector, and how far apart its values are.</summary>
    public IEnumerable<(int Byte, int First, int Step)> Steps(MLPixelFormat format, int pixels)
    {
        var plane = 0;
        foreach (var color in Order.ToString())
        {
            var (bit, place) = color switch
            {
                'A' => (ImagePixelExtractingEstimator.ColorBits.Alpha, 3),
                'R' => (ImagePixelExtractingEstimator.ColorBits.Red, format == MLPixelFormat.Rgba32 ? 0 : 2),
                'G' => (ImagePixelExtractingEstimator.ColorBits.Green, 1),
                _ => (ImagePixelExtractingEstimator.ColorBits.Blue, format == MLPixelFormat.Rgba32 ? 2 : 0),
            };
            if (!Colors.HasFlag(bit))
                continue;
            yield return Interleaved ? (place, plane, Count) : (place, plane * pixels, 1);
            plane++;
        }
    }
}
