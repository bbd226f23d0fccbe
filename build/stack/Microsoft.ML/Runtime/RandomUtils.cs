namespace Microsoft.ML;

/// <summary>Makes random number generators from seeds.</summary>
internal static class RandomUtils
{
    public static Random Create(int? seed) => seed is { } given ? Create(given) : new TauswortheRandom(new Random());

    public static Random Create(int seed) => new TauswortheRandom((uint)seed);

    public static Random Create(Random seed) => new TauswortheRandom(seed);

    public static float NextFloat(this Random random) =>
        random is TauswortheRandom own ? own.NextFloat() : random.NextSingle();
}
