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

    /// <summary>Trains the task's model, and leaves it with the best weights, or the mean that was asked for, and ready to predict.</summary>
    /// <param name="examples">What to learn from; at least one.</param>
    /// <param name="validation">What to measure by after every epoch, or every so many steps; null for none, and then the last weights are the best.</param>
    /// <param name="progress">Hears of every few steps and of every validation.</param>
    /// <param name="cancellation">Ends training after the step in hand, with the best weights so far.</param>
    /// <exception cref="ArgumentException">There are no examples, what is to be frozen does not fit the model, or the best weights are to be averaged and there is no validation.</exception>
    /// <exception cref="InvalidDataException">There is a checkpoint of another training, or a broken one.</exception>
    public TrainingResult Run(
        IReadOnlyList<TExample> examples,
        IReadOnlyList<TExample>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (examples.Count == 0)
            throw new ArgumentException("There is nothing to learn from.", nameof(examples));
        if (options.Averaging?.Which == AveragedWeights.Best && validation is not { Count: > 0 })
            throw new ArgumentException("The best weights are to be averaged, but there is nothing to validate on.", nameof(validation));
        var plan = new StepPlan(options, [.. examples.Select(task.LengthOf)], [.. examples.Select(task.SecondLengthOf)]);
        using var state = new TrainingState(task.Model, options, new ProgressReport(options, progress, plan));
        using var checkpoints = options.Checkpoints is { } wanted
            ? Checkpoints.Open(wanted, state, TrainingConfiguration.Of(task, options, examples, validation))
            : null;
        var course = new Course(examples, validation ?? [], plan, state, checkpoints, task.Model.modules().OfType<TokenRouter>().Count(), cancellation);
        while (state.EpochsDone < plan.Epochs && !IsPatienceOver(state) && !cancellation.IsCancellationRequested)
        {
            state.Parameters.Begin(state.EpochsDone + 1);
            state.Weights.Enter();
            try
            {
                Train(course);
            }
            finally
            {
                state.Weights.Leave();
            }
            if (cancellation.IsCancellationRequested)
                break;
            if (state.StepsOfEpoch == plan.StepsOf(state.EpochsDone))
                (state.EpochsDone, state.StepsOfEpoch) = (state.EpochsDone + 1, 0);
            checkpoints?.AfterEpoch();
        }
        if (cancellation.IsCancellationRequested)
            checkpoints?.Write();
        return Finish(course);
    }

    /// <summary>Measures the task's model on a whole set.</summary>
    public ValidationScore Validate(IReadOnlyList<TExample> examples)
    {
        task.Model.eval();
        using var frozen = no_grad();
        var (loss, metric, count, metricCount, bytes) = (0.0, 0.0, 0.0, 0.0, 0.0);
        int[] lengths = [.. examples.Select(task.LengthOf)], secondLengths = [.. examples.Select(task.SecondLengthOf)];
        var plans = options.Batching.Plan(lengths, null, Array.TrueForAll(secondLengths, length => length == 0) ? null : secondLengths);
        foreach (var preparing in ReadAhead.Select(plans, plan => PreparedStep<TExample>.Of(task, examples, [plan], seed: 0)))
        {
            using var scope = NewDisposeScope();
            var score = task.Score(preparing.GetAwaiter().GetResult().Batches[0]);
            loss += score.Loss;
            metric += score.Metric;
            count += score.Count;
            metricCount += score.MetricCount;
            bytes += score.Bytes;
        }
        return new ValidationScore(loss / count, metricCount > 0 ? metric / metricCount : 0) { BitsPerByte = bytes > 0 ? loss / Math.Log(2) / bytes : null };
    }

    /// <summary>The steps of an epoch that are still to be made.</summary>
    private void Train(Course course)
    {
        var (state, plan) = (course.State, course.Plan);
        task.Model.train();
        MeasureWhenDue(course);
        foreach (var preparing in StepsLeft(course))
        {
            if (course.Cancellation.IsCancellationRequested || IsPatienceOver(state))
                return;
            Step(course, preparing);
            state.StepsOfEpoch++;
            MeasureWhenDue(course);
            course.Checkpoints?.AfterStep();
        }
    }

    /// <summary>Measures the weights, or their moving average where there is one, if it is time to and it was not done before.</summary>
    private void MeasureWhenDue(Course course)
    {
        var state = course.State;
        var isDue = options.ValidateEverySteps is { } every
            ? state.Report.Step % every == 0 || state.Report.Step == course.Plan.Steps
            : state.StepsOfEpoch == course.Plan.StepsOf(state.EpochsDone);
        if (!isDue || state.MeasuredStep == state.Report.Step || course.Cancellation.IsCancellationRequested)
            return;
        state.Weights.Leave();
        state.Average?.Swap();
        state.Weights.Push();
        var score = course.Validation.Count > 0 ? Validate(course.Validation) : null;
        state.Offer(score);
        state.Average?.Swap();
        state.Weights.Enter();
        task.Model.train();
        if (score is not null)
            state.Report.Validated(state.EpochsDone + 1, score);
    }

    /// <summary>The steps of this epoch that are still to be made, each with what can be made of its batches without the model.</summary>
    private IEnumerable<Task<PreparedStep<TExample>>> StepsLeft(Course course)
    {
        var (state, plan) = (course.State, course.Plan);
        var (first, epoch) = (state.Report.Step, state.EpochsDone);
        // A step's randomness follows from the seed and the step alone, so that a run can go on from any step.
        return ReadAhead.Select(
            plan.Epoch(epoch).Skip(state.StepsOfEpoch).Index(),
            step => PreparedStep<TExample>.Of(
                task, course.Examples, step.Item, plan.SeedOf(first + step.Index), epoch + 1, (first + step.Index) / (double)plan.Steps));
    }

    private void Step(Course course, Task<PreparedStep<TExample>> preparing)
    {
        var (state, plan) = (course.State, course.Plan);
        state.Report.Begin();
        var step = preparing.GetAwaiter().GetResult();
        manual_seed(step.Seed);
        var rate = state.Report.NextRate;
        var loss = Backward(course, step.Batches);
        if (options.MaxGradientNorm is { } norm)
            nn.utils.clip_grad_norm_(state.Parameters.Training, norm);
        state.Groups.Step(rate, step.Batches[0].Progress);
        MoveTheRest(state, step.Batches[0].Progress);
        state.Weights.Push();
        state.Average?.Update(state.Report.Step);
        state.Report.Stepped(state.EpochsDone + 1, loss, rate, plan.TokensOf(step.Plan), step.Plan.Sum(batch => (long)batch.Positions));
    }

    /// <summary>Lets the task move what no gradient moves.</summary>
    private void MoveTheRest(TrainingState state, double progress)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        task.AfterStep(state.Weights.ByName, progress);
    }

    /// <summary>
    /// The gradients of a step's batches, each weighed by what its loss is the mean over, with what the routers of mixtures of experts
    /// cost by themselves; returns the step's mean loss, without that.
    /// </summary>
    private double Backward(Course course, IReadOnlyList<TrainingBatch<TExample>> step)
    {
        var state = course.State;
        state.Parameters.ForgetGradients();
        var (total, weights) = (0.0, 0.0);
        foreach (var batch in step)
        {
            using var scope = NewDisposeScope();
            using var recomputation = options.GradientCheckpointing ? Recomputation.Begin() : null;
            using var routing = RoutingLosses.Begin();
            var loss = task.Loss(batch);
            var weight = step.Count == 1 ? 1 : loss.Weight;
            var whole = routing.Total() is { } cost ? loss.Mean.add(cost) : loss.Mean;
            var weighed = weight == 1 ? whole : whole.mul(weight);
            if (recomputation is null)
                weighed.backward();
            else
                recomputation.Backward(weighed, weight / course.Routers);
            state.Weights.TakeGradients();
            total += weight * loss.Mean.detach().to(ScalarType.Float64).item<double>();
            weights += weight;
        }
        if (weights == 0)
            return 0;
        if (step.Count > 1)
            state.Parameters.DivideGradients(weights);
        return total / weights;
    }

    private bool IsPatienceOver(TrainingState state) => state.Best.State.Since >= options.Patience;

    /// <summary>Gives the model its weights, and tells what came of it.</summary>
    private TrainingResult Finish(Course course)
    {
        var (state, cancelled) = (course.State, course.Cancellation.IsCancellationRequested);
        state.Finish(cancelled);
        var score = state.Best.State.Score;
        if (state.IsMeanGiven && score is not null)
        {
            score = Validate(course.Validation);
            state.Report.Validated(state.Epochs, score);
        }
        task.Model.eval();
        return new()
        {
            Epochs = state.Epochs,
            Steps = state.Report.Step,
            Cancelled = cancelled,
            StoppedEarly = state.Report.Step < course.Plan.Steps && !cancelled,
            BestEpoch = state.Given.Epoch,
            BestStep = state.Given.Step,
            Validation = score,
            Report = state.ReportOf(task.MetricName),
        };
    }

    /// <summary>One training on its way.</summary>
    private sealed record Course(
        IReadOnlyList<TExample> Examples,
        IReadOnlyList<TExample> Validation,
        StepPlan Plan,
        TrainingState State,
        Checkpoints? Checkpoints,
        int Routers,
        CancellationToken Cancellation);
}
