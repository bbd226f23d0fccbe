namespace MLNet.Transformers.Models;

/// <summary>Which batches each step of each epoch has; the options and the lengths decide it, and nothing else.</summary>
internal sealed class StepPlan
{
    private readonly TrainingOptions options;
    private readonly int[] lengths;

    /// <param name="options">How to batch and to accumulate.</param>
    /// <param name="lengths">Length of each example in tokens.</param>
    public StepPlan(TrainingOptions options, int[] lengths)
    {
        this.options = options;
        this.lengths = lengths;
        Steps = Enumerable.Range(0, options.Epochs).Sum(epoch => (long)Epoch(epoch).Count());
    }

    /// <summary>Steps of all epochs.</summary>
    public long Steps { get; }

    /// <summary>The steps of an epoch, from 0, each a few batches.</summary>
    public IEnumerable<BatchPlan[]> Epoch(int epoch) =>
        options.Batching.Plan(lengths, new Random(HashCodeOf(~options.Seed, epoch))).Chunk(options.AccumulatedBatches);

    /// <summary>The seed of a step's randomness.</summary>
    public int SeedOf(long step) => HashCodeOf(options.Seed, step);

    /// <summary>Tokens of a step, padding not counted.</summary>
    public long TokensOf(BatchPlan[] step) => step.Sum(batch => batch.Examples.Sum(example => (long)lengths[example]));

    /// <summary>A number that depends on both, the same in every process.</summary>
    private static int HashCodeOf(int seed, long index)
    {
        var mixed = unchecked(((ulong)(uint)seed << 32 | (uint)index) * 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93);
        return (int)(mixed >> 33);
    }
}
