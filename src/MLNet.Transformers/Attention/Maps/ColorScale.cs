namespace MLNet.Transformers;

/// <summary>
/// Colours from a dark indigo over teal to a light yellow, in even steps of lightness, so that their order survives colour blindness and
/// grey print; laid out in <see href="https://bottosson.github.io/posts/oklab/">Oklab</see>.
/// </summary>
internal static class ColorScale
{
    public const int Steps = 64;

    private const double Darkest = 0.21, Lightest = 0.98;

    /// <summary>From the darkest to the lightest.</summary>
    public static IReadOnlyList<Rgb> Colors { get; } = [.. Enumerable.Range(0, Steps).Select(step => At(step / (Steps - 1.0)))];

    /// <summary>The colour of a share on light paper, from 0, almost white, to 1, the darkest.</summary>
    public static Rgb OnLight(double share) => Colors[^(1 + Index(share))];

    /// <summary>The colour of a share on dark paper, from 0, almost black, to 1, the lightest.</summary>
    public static Rgb OnDark(double share) => Colors[Index(share)];

    public static int Index(double share) => (int)Math.Round(Math.Clamp(share, 0, 1) * (Steps - 1));

    private static Rgb At(double place)
    {
        var lightness = Darkest + (Lightest - Darkest) * place;
        var hue = (285 - 190 * place) * Math.PI / 180;
        // As vivid as the screen can show, up to a hump that leaves both ends nearly grey.
        for (var chroma = 0.16 * Math.Sin(Math.PI * (0.05 + 0.9 * place)); ; chroma *= 0.97)
        {
            if (FromOklab(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue)) is { } color)
                return color;
        }
    }

    /// <summary>Null where a screen has no such colour.</summary>
    private static Rgb? FromOklab(double lightness, double a, double b)
    {
        var l = Cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        var m = Cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        var s = Cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        double[] linear =
        [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ];
        if (linear.Any(value => value is < -1e-4 or > 1.0001))
            return null;
        return new(Encode(linear[0]), Encode(linear[1]), Encode(linear[2]));
    }

    private static double Cube(double value) => value * value * value;

    /// <summary>Light as a byte of sRGB.</summary>
    private static byte Encode(double linear) =>
        (byte)Math.Round(255 * Math.Clamp(linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055, 0, 1));
}

/// <summary>A colour of a screen.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The grey that is about as light, from 0 to 255.</summary>
    public double Luma => 0.2126 * Red + 0.7152 * Green + 0.0722 * Blue;

    public string Hex => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>Black or white, whichever has the higher <see href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">contrast</see> to this.</summary>
    public string Ink => Luminance > 0.179 ? "#000000" : "#ffffff";

    /// <summary>The light that it gives off, from 0 to 1.</summary>
    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    public static Rgb Mix(Rgb below, Rgb above, double share) => new(
        Between(below.Red, above.Red, share), Between(below.Green, above.Green, share), Between(below.Blue, above.Blue, share));

    private static double Linear(byte value) => value <= 10 ? value / 255.0 / 12.92 : Math.Pow((value / 255.0 + 0.055) / 1.055, 2.4);

    private static byte Between(byte below, byte above, double share) => (byte)Math.Round(below + (above - below) * share);
}
