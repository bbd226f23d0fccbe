using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// The one training loop: shuffles, batches, accumulates, clips, steps, validates, stops early and gives the best weights back.
/// On a CPU the same seed gives the same weights, bit for bit, as long as nothing else in the process draws random numbers
/// from TorchSharp meanwhile.
/// </summary>
/// <typeparam name="TExample">One example.</typeparam>
public sealed class TrainingRun<TExample>
{
    private readonly TrainingTask<TExample> task;
    private readonly TrainingOptions options;

    /// <param name="task">The model and its loss.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public TrainingRun(TrainingTask<TExample> task, TrainingOptions options)
    {
        options.Require();
        this.task = task;
        this.options = options;
    }

    /// <summary>Trains the task's model, and leaves it with the best weights and ready to predict.</summary>
    /// <param name="examples">What to learn from; at least one.</param>
    /// <param name="validation">What to measure by after every epoch; null for none, and then the last weights are the best.</param>
    /// <param name="progress">Hears of every few steps and of every validation.</param>
    /// <param name="cancellation">Ends training after the step in hand, with the best weights so far.</param>
    /// <exception cref="ArgumentException">There are no examples.</exception>
    public TrainingResult Run(
        IReadOnlyList<TExample> examples,
        IReadOnlyList<TExample>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (examples.Count == 0)
            throw new ArgumentException("There is nothing to learn from.", nameof(examples));
        var parameters = task.Model.parameters().Where(parameter => parameter.requires_grad).ToList();
        using var optimizer = ParameterGroups.Optimizer(parameters, options);
        using var best = new BestWeights(parameters, options.BestBy);
        var lengths = examples.Select(task.LengthOf).ToArray();
        var report = new ProgressReport(options, progress, Enumerable.Range(0, options.Epochs).Sum(epoch => StepsOf(Plan(lengths, epoch))));
        var epoch = 0;
        while (epoch < options.Epochs && !cancellation.IsCancellationRequested && !(best.Since >= options.Patience))
        {
            epoch++;
            Train(examples, lengths, epoch, parameters, optimizer, report, cancellation);
            if (validation is { Count: > 0 } && !cancellation.IsCancellationRequested)
            {
                var score = Validate(validation);
                best.Offer(score, epoch);
                report.Validated(epoch, score);
            }
        }
        best.Restore();
        task.Model.eval();
        return new TrainingResult
        {
            Epochs = epoch,
            Steps = report.Step,
            Cancelled = cancellation.IsCancellationRequested,
            StoppedEarly = epoch < options.Epochs && !cancellation.IsCancellationRequested,
            BestEpoch = best.Score is null ? epoch : best.Epoch,
            Validation = best.Score,
            TokensPerSecond = report.TokensPerSecond,
        };
    }

    /// <summary>Measures the task's model on a whole set.</summary>
    public ValidationScore Validate(IReadOnlyList<TExample> examples)
    {
        task.Model.eval();
        using var frozen = no_grad();
        var (loss, metric, count, metricCount) = (0.0, 0.0, 0.0, 0.0);
        foreach (var plan in options.Batching.Plan([.. examples.Select(task.LengthOf)], null))
        {
            using var scope = NewDisposeScope();
            var score = task.Score(new TrainingBatch<TExample>([.. plan.Examples.Select(index => examples[index])], plan.Length, new Random(0)));
            loss += score.Loss;
            metric += score.Metric;
            count += score.Count;
            metricCount += score.MetricCount;
        }
        return new ValidationScore(loss / count, metricCount > 0 ? metric / metricCount : 0);
    }

    private void Train(
        IReadOnlyList<TExample> examples,
        int[] lengths,
        int epoch,
        List<Parameter> parameters,
        AdamW optimizer,
        ProgressReport report,
        CancellationToken cancellation)
    {
        task.Model.train();
        foreach (var step in Plan(lengths, epoch - 1).Chunk(options.AccumulatedBatches))
        {
            if (cancellation.IsCancellationRequested)
                return;
            // A step's randomness follows from the seed and the step alone, so that a run can go on from any step.
            var seed = HashCodeOf(options.Seed, report.Step);
            manual_seed(seed);
            var rate = report.NextRate;
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rate;
            var loss = Backward(examples, step, new Random(seed), parameters);
            if (options.MaxGradientNorm is { } norm)
                nn.utils.clip_grad_norm_(parameters, norm);
            optimizer.step();
            report.Stepped(epoch, loss, rate, step.Sum(batch => batch.Examples.Sum(example => (long)lengths[example])));
        }
    }

    /// <summary>The gradients of a step's batches, each weighed by what its loss is the mean over; returns the step's mean loss.</summary>
    private double Backward(IReadOnlyList<TExample> examples, BatchPlan[] step, Random random, List<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            parameter.grad = null;
        var (total, weights) = (0.0, 0.0);
        foreach (var plan in step)
        {
            using var scope = NewDisposeScope();
            var loss = task.Loss(new TrainingBatch<TExample>([.. plan.Examples.Select(index => examples[index])], plan.Length, random));
            var weight = step.Length == 1 ? 1 : loss.Weight;
            (weight == 1 ? loss.Mean : loss.Mean.mul(weight)).backward();
            total += weight * loss.Mean.item<float>();
            weights += weight;
        }
        if (step.Length > 1)
            Divide(parameters, weights);
        return total / weights;
    }

    private static void Divide(List<Parameter> parameters, double weights)
    {
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.grad;
            gradient?.div_(weights);
        }
    }

    private IReadOnlyList<BatchPlan> Plan(int[] lengths, int epoch) =>
        options.Batching.Plan(lengths, new Random(HashCodeOf(~options.Seed, epoch)));

    private long StepsOf(IReadOnlyList<BatchPlan> plan) =>
        (plan.Count + options.AccumulatedBatches - 1) / options.AccumulatedBatches;

    /// <summary>A number that depends on both, the same in every process.</summary>
    private static int HashCodeOf(int seed, long index)
    {
        var mixed = unchecked(((ulong)(uint)seed << 32 | (uint)index) * 0x9E3779B97F4A7C15);
        mixed = unchecked((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93);
        return (int)(mixed >> 33);
    }
}
