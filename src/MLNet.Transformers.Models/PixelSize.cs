using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The size of an image, or of a patch of one. One number in a config for a square, else a list of height and width.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
[JsonConverter(typeof(PixelSizeConverter))]
public readonly record struct PixelSize(int Height, int Width)
{
    /// <summary>A square.</summary>
    /// <param name="side">Pixels from one side to the other.</param>
    public static implicit operator PixelSize(int side) => Square(side);

    /// <summary>A square.</summary>
    /// <param name="side">Pixels from one side to the other.</param>
    public static PixelSize Square(int side) => new(side, side);

    /// <summary>How many patches of a size fit into it.</summary>
    internal ImageGrid Count(PixelSize patch) => new(Height / patch.Height, Width / patch.Width);

    /// <inheritdoc/>
    public override string ToString() => $"{Width} x {Height}";
}
