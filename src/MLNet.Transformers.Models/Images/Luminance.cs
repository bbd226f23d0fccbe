namespace MLNet.Transformers.Models;

/// <summary>How bright a colour is, by the weights of <see href="https://www.itu.int/rec/R-REC-BT.601">ITU-R BT.601</see> in 16 binary places.</summary>
internal static class Luminance
{
    private const int Red = 19595;
    private const int Green = 38470;
    private const int Blue = 7471;

    public static byte Of(byte red, byte green, byte blue) => (byte)(((red * Red) + (green * Green) + (blue * Blue) + 0x8000) >> 16);
}
