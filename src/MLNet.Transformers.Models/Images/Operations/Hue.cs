namespace MLNet.Transformers.Models;

/// <summary>
/// Turns the hues of an image, by way of <see href="https://en.wikipedia.org/wiki/HSL_and_HSV">hue, saturation and value</see> of 8 bits each,
/// with the precision of every step as in Pillow, so that the result is the same to the last bit.
/// </summary>
internal static class Hue
{
    /// <summary>Turns the hues by part of a circle; a grey image stays as it is.</summary>
    public static PixelImage Shift(PixelImage image, double turn)
    {
        if (image.Channels == 1)
            return image;
        var (pixels, shift) = ((byte[])image.Pixels.Clone(), (byte)(int)(turn * byte.MaxValue));
        for (var at = 0; at < pixels.Length; at += 3)
        {
            var (hue, saturation, value) = FromRgb(pixels[at], pixels[at + 1], pixels[at + 2]);
            (pixels[at], pixels[at + 1], pixels[at + 2]) = ToRgb((byte)(hue + shift), saturation, value);
        }
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }

    private static (byte Hue, byte Saturation, byte Value) FromRgb(byte red, byte green, byte blue)
    {
        var (greatest, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        if (greatest == least)
            return (0, 0, greatest);
        var spread = (float)(greatest - least);
        var (fromRed, fromGreen, fromBlue) = ((greatest - red) / spread, (greatest - green) / spread, (greatest - blue) / spread);
        var sextant = red == greatest ? fromBlue - fromGreen
            : green == greatest ? (float)(2.0 + fromRed - fromBlue)
            : (float)(4.0 + fromGreen - fromRed);
        var hue = (float)(((sextant / 6.0) + 1.0) % 1.0);
        return ((byte)(hue * 255.0), (byte)(spread / greatest * 255.0), greatest);
    }

    private static (byte Red, byte Green, byte Blue) ToRgb(byte hue, byte saturation, byte value)
    {
        if (saturation == 0)
            return (value, value, value);
        var sextant = (int)(hue * 6.0 / 255.0);
        var within = (float)((hue * 6.0 / 255.0) - sextant);
        var strength = (float)(saturation / 255.0);
        var lowest = Round(value * (1.0 - strength));
        var falling = Round(value * (1.0 - (strength * within)));
        var rising = Round(value * (1.0 - (strength * (1.0 - within))));
        return (sextant % 6) switch
        {
            0 => (value, rising, lowest),
            1 => (falling, value, lowest),
            2 => (lowest, value, rising),
            3 => (lowest, falling, value),
            4 => (rising, lowest, value),
            _ => (value, lowest, falling),
        };
    }

    private static byte Round(double value) => (byte)Math.Round(value, MidpointRounding.AwayFromZero);
}
