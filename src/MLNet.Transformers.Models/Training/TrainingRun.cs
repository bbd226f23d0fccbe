using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// The one training loop: shuffles, batches, accumulates, clips, steps, validates, keeps checkpoints, stops early and gives the
/// best weights back.
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
    /// <exception cref="ArgumentException">There are no examples, or what is to be frozen does not fit the model.</exception>
    /// <exception cref="InvalidDataException">There is a checkpoint of another training, or a broken one.</exception>
    public TrainingResult Run(
        IReadOnlyList<TExample> examples,
        IReadOnlyList<TExample>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (examples.Count == 0)
            throw new ArgumentException("There is nothing to learn from.", nameof(examples));
        var plan = new StepPlan(options, [.. examples.Select(task.LengthOf)]);
        using var state = new TrainingState(task.Model, options, new ProgressReport(options, progress, plan.Steps));
        using var checkpoints = options.Checkpoints is { } wanted
            ? Checkpoints.Open(wanted, state, TrainingConfiguration.Of(task, options, examples, validation))
            : null;
        while (state.EpochsDone < options.Epochs && !IsPatienceOver(state) && !cancellation.IsCancellationRequested)
        {
            state.Parameters.Begin(state.EpochsDone + 1);
            state.Weights.Enter();
            try
            {
                Train(examples, plan, state, checkpoints, cancellation);
            }
            finally
            {
                state.Weights.Leave();
            }
            if (cancellation.IsCancellationRequested)
                break;
            if (validation is { Count: > 0 })
                Validate(validation, state);
            (state.EpochsDone, state.StepsOfEpoch) = (state.EpochsDone + 1, 0);
            checkpoints?.AfterEpoch();
        }
        if (cancellation.IsCancellationRequested)
            checkpoints?.Write();
        var result = ResultOf(state, cancellation.IsCancellationRequested);
        state.Finish();
        task.Model.eval();
        return result;
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
            var score = task.Score(BatchOf(examples, plan, new Random(0)));
            loss += score.Loss;
            metric += score.Metric;
            count += score.Count;
            metricCount += score.MetricCount;
        }
        return new ValidationScore(loss / count, metricCount > 0 ? metric / metricCount : 0);
    }

    /// <summary>Measures the averaged weights where there are any, and offers them as the best.</summary>
    private void Validate(IReadOnlyList<TExample> validation, TrainingState state)
    {
        state.Average?.Swap();
        state.Weights.Push();
        var score = Validate(validation);
        state.Best.Offer(score, state.EpochsDone + 1);
        state.Average?.Swap();
        state.Report.Validated(state.EpochsDone + 1, score);
    }

    /// <summary>The steps of an epoch that are still to be made.</summary>
    private void Train(
        IReadOnlyList<TExample> examples, StepPlan plan, TrainingState state, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        task.Model.train();
        foreach (var step in plan.Epoch(state.EpochsDone).Skip(state.StepsOfEpoch))
        {
            if (cancellation.IsCancellationRequested)
                return;
            Step(examples, step, plan, state);
            state.StepsOfEpoch++;
            checkpoints?.AfterStep();
        }
    }

    private void Step(IReadOnlyList<TExample> examples, BatchPlan[] step, StepPlan plan, TrainingState state)
    {
        state.Report.Begin();
        // A step's randomness follows from the seed and the step alone, so that a run can go on from any step.
        var seed = plan.SeedOf(state.Report.Step);
        manual_seed(seed);
        var rate = state.Report.NextRate;
        var loss = Backward(examples, step, new Random(seed), state);
        if (options.MaxGradientNorm is { } norm)
            nn.utils.clip_grad_norm_(state.Parameters.Training, norm);
        state.Groups.Step(rate);
        state.Weights.Push();
        state.Average?.Update(state.Report.Step);
        state.Report.Stepped(state.EpochsDone + 1, loss, rate, plan.TokensOf(step), step.Sum(batch => (long)batch.Positions));
    }

    /// <summary>The gradients of a step's batches, each weighed by what its loss is the mean over; returns the step's mean loss.</summary>
    private double Backward(IReadOnlyList<TExample> examples, BatchPlan[] step, Random random, TrainingState state)
    {
        state.Parameters.ForgetGradients();
        var (total, weights) = (0.0, 0.0);
        foreach (var batch in step)
        {
            using var scope = NewDisposeScope();
            using var recomputation = options.GradientCheckpointing ? Recomputation.Begin() : null;
            var loss = task.Loss(BatchOf(examples, batch, random));
            var weight = step.Length == 1 ? 1 : loss.Weight;
            var weighed = weight == 1 ? loss.Mean : loss.Mean.mul(weight);
            if (recomputation is null)
                weighed.backward();
            else
                recomputation.Backward(weighed);
            state.Weights.TakeGradients();
            total += weight * loss.Mean.detach().to(ScalarType.Float64).item<double>();
            weights += weight;
        }
        if (step.Length > 1)
            state.Parameters.DivideGradients(weights);
        return total / weights;
    }

    private bool IsPatienceOver(TrainingState state) => state.Best.State.Since >= options.Patience;

    private TrainingResult ResultOf(TrainingState state, bool cancelled) => new()
    {
        Epochs = state.Epochs,
        Steps = state.Report.Step,
        Cancelled = cancelled,
        StoppedEarly = state.EpochsDone < options.Epochs && !cancelled,
        BestEpoch = state.Best.State.Score is null ? state.Epochs : state.Best.State.Epoch,
        Validation = state.Best.State.Score,
        Report = state.ReportOf(task.MetricName),
    };

    private static TrainingBatch<TExample> BatchOf(IReadOnlyList<TExample> examples, BatchPlan plan, Random random) =>
        new([.. plan.Examples.Select(index => examples[index])], plan.Length, random);
}
