using System.Globalization;

namespace MLNet.Transformers;

/// <summary>Weights as they are written beside the colours.</summary>
internal static class MapNumbers
{
    /// <summary>A weight, with four digits that count.</summary>
    public static string Exact(double weight) => weight.ToString(weight is 0 or >= 0.001 ? "0.####" : "0.##e-0", CultureInfo.InvariantCulture);

    /// <summary>A weight in hundredths, as short as can be.</summary>
    public static string Percent(double weight) => weight is > 0 and < 0.005 ? "<1" : (100 * weight).ToString("0", CultureInfo.InvariantCulture);
}
