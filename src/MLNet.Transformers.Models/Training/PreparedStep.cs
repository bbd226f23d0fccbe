namespace MLNet.Transformers.Models;

/// <summary>The batches of a step, each with what its task has made of it beforehand; owns that.</summary>
/// <param name="Plan">Which examples they are of.</param>
/// <param name="Seed">The seed of the step's randomness.</param>
/// <param name="Batches">The batches.</param>
internal sealed record PreparedStep<TExample>(BatchPlan[] Plan, int Seed, IReadOnlyList<TrainingBatch<TExample>> Batches) : IDisposable
{
    /// <summary>A step of a training.</summary>
    /// <param name="task">What makes something of its batches beforehand.</param>
    /// <param name="examples">All examples.</param>
    /// <param name="plan">Which of them are in which batch.</param>
    /// <param name="seed">The seed of the step's randomness, which its batches share.</param>
    /// <param name="epoch">The pass over the examples, from 1.</param>
    /// <param name="progress">Share of the steps that were made before.</param>
    public static PreparedStep<TExample> Of(
        TrainingTask<TExample> task, IReadOnlyList<TExample> examples, BatchPlan[] plan, int seed, int epoch = 0, double progress = 0)
    {
        var random = new Random(seed);
        var batches = new List<TrainingBatch<TExample>>();
        foreach (var part in plan)
        {
            var batch = new TrainingBatch<TExample>([.. part.Examples.Select(index => examples[index])], part.Length, random)
            {
                SecondLength = part.SecondLength,
                Epoch = epoch,
                Progress = progress,
            };
            batches.Add(batch with { Prepared = task.Prepare(batch) });
        }
        return new PreparedStep<TExample>(plan, seed, batches);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in Batches)
            batch.Prepared?.Dispose();
    }
}
