using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Internal;

/// <summary>The size that images are brought to, and how.</summary>
internal sealed class ImageResizing
{
    private readonly ImageResizingEstimator.ResizingKind _kind;
    private readonly ImageResizingEstimator.Anchor _anchor;

    public ImageResizing(
        int imageWidth, int imageHeight, ImageResizingEstimator.ResizingKind resizing, ImageResizingEstimator.Anchor anchor)
    {
        Contracts.CheckUserArg(null, imageWidth > 0, nameof(imageWidth));
        Contracts.CheckUserArg(null, imageHeight > 0, nameof(imageHeight));
        Contracts.CheckUserArg(null, Enum.IsDefined(resizing), nameof(resizing));
        Contracts.CheckUserArg(null, Enum.IsDefined(anchor), nameof(anchor));
        Type = new(imageHeight, imageWidth);
        _kind = resizing;
        _anchor = anchor;
    }

    public ImageResizing(BinaryReader reader)
        : this(reader.ReadInt32(), reader.ReadInt32(),
            (ImageResizingEstimator.ResizingKind)reader.ReadByte(), (ImageResizingEstimator.Anchor)reader.ReadByte())
    {
    }

    public ImageDataViewType Type { get; }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Type.Width);
        writer.Write(Type.Height);
        writer.Write((byte)_kind);
        writer.Write((byte)_anchor);
    }

    public MLImage Apply(MLImage image)
    {
        var (width, height) = (Type.Width, Type.Height);
        var pixels = PixelMemory.Take(width * height * 4);
        if (_kind == ImageResizingEstimator.ResizingKind.Fill)
            FillNearest(image, pixels.AsSpan(0, width * height * 4));
        else
            DrawCubic(image, pixels.AsSpan(0, width * height * 4));
        return new(width, height, image.PixelFormat, pixels) { Tag = image.Tag };
    }

    private void FillNearest(MLImage image, Span<byte> target)
    {
        var source = image.Pixels;
        for (var y = 0; y < Type.Height; y++)
        {
            var row = (int)((y + 0.5f) * image.Height / Type.Height) * image.Width;
            for (var x = 0; x < Type.Width; x++)
            {
                var column = (int)((x + 0.5f) * image.Width / Type.Width);
                source.Slice((row + column) * 4, 4).CopyTo(target[(((y * Type.Width) + x) * 4)..]);
            }
        }
    }

    // Keeps the shape: what is left over is black where images are padded, and cut off where they are cropped.
    private void DrawCubic(MLImage image, Span<byte> target)
    {
        var (wide, high) = ((float)Type.Width / image.Width, (float)Type.Height / image.Height);
        var pad = _kind == ImageResizingEstimator.ResizingKind.IsoPad;
        var scale = pad ? Math.Min(wide, high) : Math.Max(wide, high);
        var (width, height) = ((int)(image.Width * scale), (int)(image.Height * scale));
        var left = (int)((Type.Width - (image.Width * scale)) * (pad ? 0.5f : Share(ImageResizingEstimator.Anchor.Left, ImageResizingEstimator.Anchor.Right)));
        var top = (int)((Type.Height - (image.Height * scale)) * (pad ? 0.5f : Share(ImageResizingEstimator.Anchor.Top, ImageResizingEstimator.Anchor.Bottom)));
        var columns = MitchellTaps.Of(Type.Width, left, width, image.Width);
        var rows = MitchellTaps.Of(Type.Height, top, height, image.Height);
        var source = image.Pixels;
        for (var y = 0; y < Type.Height; y++)
        {
            for (var x = 0; x < Type.Width; x++)
            {
                var pixel = target.Slice(((y * Type.Width) + x) * 4, 4);
                for (var color = 0; color < 3; color++)
                    pixel[color] = rows[y].Sum(columns[x], source, image.Width, color);
                pixel[3] = byte.MaxValue;
            }
        }
    }

    private float Share(ImageResizingEstimator.Anchor none, ImageResizingEstimator.Anchor all) =>
        _anchor == none ? 0 : _anchor == all ? 1 : 0.5f;
}
