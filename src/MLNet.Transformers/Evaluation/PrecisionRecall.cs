namespace MLNet.Transformers;

/// <summary>How many of the found are right, how many of the right are found, and the harmonic mean of the two.</summary>
/// <param name="Precision">Share of the predictions that are right; 0 without predictions.</param>
/// <param name="Recall">Share of the true ones that were predicted; 0 without true ones.</param>
/// <param name="F1">2 · precision · recall / (precision + recall); 0 where both are 0.</param>
/// <param name="Support">Number of true ones.</param>
public sealed record PrecisionRecall(double Precision, double Recall, double F1, long Support)
{
    internal static PrecisionRecall Of(long right, long predicted, long actual) => new(
        Share(right, predicted), Share(right, actual), Share(2 * right, predicted + actual), actual);

    /// <summary>The plain mean of several.</summary>
    internal static PrecisionRecall Macro(IReadOnlyCollection<PrecisionRecall> parts) => Mean(parts, _ => 1);

    /// <summary>The mean of several, each counted as often as it has true ones.</summary>
    internal static PrecisionRecall Weighted(IReadOnlyCollection<PrecisionRecall> parts) => Mean(parts, part => part.Support);

    private static PrecisionRecall Mean(IReadOnlyCollection<PrecisionRecall> parts, Func<PrecisionRecall, double> weight)
    {
        var total = parts.Sum(weight);
        double Over(Func<PrecisionRecall, double> value) => total == 0 ? 0 : parts.Sum(part => weight(part) * value(part)) / total;
        return new(Over(part => part.Precision), Over(part => part.Recall), Over(part => part.F1), parts.Sum(part => part.Support));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
