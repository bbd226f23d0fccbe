namespace MLNet.Transformers.Models;

/// <summary>The symmetric beta distribution, whose draws lie between 0 and 1 around a half: for shapes below 1 near the ends, above 1 near the middle.</summary>
internal static class BetaDistribution
{
    /// <summary>A draw: the share that one of two equally distributed gamma draws has in their sum.</summary>
    /// <param name="shape">Both of its parameters, above 0.</param>
    /// <param name="random">The source.</param>
    public static double Draw(double shape, Random random)
    {
        // By their logarithms, since for small shapes both draws may be too small for a double.
        var (first, second) = (LogGamma(shape, random), LogGamma(shape, random));
        return 1 / (1 + Math.Exp(second - first));
    }

    /// <summary>
    /// The logarithm of a draw from a gamma distribution, by
    /// <see href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang, 2000</see>: for a shape one greater, of which a uniform draw's
    /// root then makes the shape itself.
    /// </summary>
    private static double LogGamma(double shape, Random random)
    {
        var d = shape + 1 - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal(random);
            var cube = Math.Pow(1 + c * normal, 3);
            if (cube > 0 && Math.Log(Uniform(random)) < normal * normal / 2 + d * (1 - cube + Math.Log(cube)))
                return Math.Log(d * cube) + Math.Log(Uniform(random)) / shape;
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(Uniform(random))) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Above 0, at most 1.</summary>
    private static double Uniform(Random random) => 1 - random.NextDouble();
}
