using System.Globalization;

namespace MLNet.Transformers.Models;

/// <summary>Values along an axis: where each lies on the picture, and which are written beside it.</summary>
internal sealed class PlotScale
{
    private readonly double least;
    private readonly double greatest;
    private readonly double start;
    private readonly double end;

    private PlotScale(double least, double greatest, double spacing, double start, double end)
    {
        (this.least, this.greatest, this.start, this.end) = (least, greatest, start, end);
        Ticks = [.. Enumerable.Range(0, (int)Math.Floor((greatest - least) / spacing + 1e-9) + 1).Select(index => least + index * spacing)];
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(spacing) + 1e-9));
        Format = spacing < 1e-3 ? "0.##e0" : greatest >= 1000 ? "#,0" : "0." + new string('0', decimals);
    }

    /// <summary>Round values, evenly spaced.</summary>
    public IReadOnlyList<double> Ticks { get; }

    private string Format { get; }

    /// <summary>A scale whose ends are round, around values.</summary>
    /// <param name="values">What has to fit; those that are no finite numbers are left out.</param>
    /// <param name="count">About how many ticks.</param>
    /// <param name="start">Where the least value lies.</param>
    /// <param name="end">Where the greatest value lies.</param>
    public static PlotScale Around(IEnumerable<double> values, int count, double start, double end)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (least, greatest) = (finite.Min(), finite.Max());
        if (greatest - least < 1e-12 * Math.Max(1, Math.Abs(greatest)))
            (least, greatest) = (Math.Min(0, least), greatest == 0 ? 1 : Math.Max(0, greatest));
        var spacing = Spacing(greatest - least, count);
        return new(Math.Floor(least / spacing + 1e-9) * spacing, Math.Ceiling(greatest / spacing - 1e-9) * spacing, spacing, start, end);
    }

    /// <summary>A scale that ends where the values end.</summary>
    public static PlotScale Upto(double greatest, int count, double start, double end) =>
        new(0, Math.Max(1, greatest), Math.Max(1, Spacing(greatest, count)), start, end);

    /// <summary>Where a value lies.</summary>
    public double At(double value) => start + (value - least) / (greatest - least) * (end - start);

    /// <summary>A value as it is written at its tick.</summary>
    public string Text(double value) => value == 0 ? "0" : value.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double Spacing(double range, int count)
    {
        var rough = Math.Max(range, double.Epsilon * 1e20) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch
        {
            < 1.5 => 1,
            < 3.5 => 2,
            < 7.5 => 5,
            _ => 10,
        };
    }
}
