namespace Microsoft.ML;

/// <summary>Makes random number generators from seeds.</summary>
internal static class RandomUtils
{
    public static Random Create(int? seed) => seed is { } given ? Create(given) : new TauswortheRandom(new Random());

    public static Random Create(int seed) => new TauswortheRandom((uint)seed);

    public static Random Create(Random seed) => new TauswortheRandom(seed);

    public static float NextFloat(this Random random) =>
        random is TauswortheRandom own ? own.NextFloat() : random.NextSingle();

    /// <summary>The numbers from 0 up to a count in random order.</summary>
    public static int[] Permutation(this Random random, int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = 0; i < count; i++)
        {
            var other = i + random.Next(count - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
