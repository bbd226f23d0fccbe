using System.Globalization;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Draws candidates.</summary>
internal static class Candidates
{
    /// <summary>Steps of the golden ratio spread any number of points evenly over the range from 0 to 1.</summary>
    private const double GoldenStep = 0.6180339887498949;

    /// <summary>Draws for each candidate, of which some round to one that was drawn before.</summary>
    private const int Attempts = 8;

    /// <summary>
    /// So many candidates, decided by the seed and no two the same; fewer are the first of more. The first is the smallest size at the middle of its rates,
    /// a safe choice where there is time for no other.
    /// </summary>
    /// <param name="space">What there is to choose from.</param>
    /// <param name="sizes">The sizes to choose from, the smallest first; none where the model starts from a folder.</param>
    /// <param name="canPretrain">Whether every other candidate learns from the texts alone before.</param>
    /// <param name="epochsVary">Whether they differ in the most passes too, down to a quarter; otherwise all have those of the space.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<Candidate> Draw(SearchSpace space, IReadOnlyList<ModelSize> sizes, bool canPretrain, bool epochsVary, int count, int seed)
    {
        var random = new Random(seed);
        var (ofRates, ofEpochs) = (random.NextDouble(), random.NextDouble());
        var turn = sizes.Count == 0 ? 1 : sizes.Count;
        return [.. Enumerable.Range(0, Attempts * count).Select(index =>
        {
            ModelSize? size = sizes.Count == 0 ? null : sizes[index % turn];
            var (least, greatest) = space.LearningRates(size);
            var place = index == 0 ? 0.5 : Fraction(ofRates + index * GoldenStep);
            var share = index == 0 || !epochsVary ? 1 : Math.Pow(4, -Fraction(ofEpochs + index * GoldenStep));
            // In every other round of sizes, so that each size is tried with and without.
            var pretrains = canPretrain && (index / turn + index % turn) % 2 == 1;
            return new Candidate(size, Round(least * Math.Pow(greatest / least, place)), Math.Max(1, (int)Math.Round(space.MaxEpochs * share)), pretrains);
        }).Distinct().Take(count)];
    }

    private static double Fraction(double value) => value - Math.Floor(value);

    /// <summary>Two significant digits, which are as good as more, and can be read and typed.</summary>
    private static double Round(double rate)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rate)) - 1);
        return double.Parse((Math.Round(rate / unit) * unit).ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
