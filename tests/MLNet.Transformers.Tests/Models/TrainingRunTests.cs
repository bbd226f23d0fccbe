using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

public class TrainingRunTests
{
    private static readonly IReadOnlyList<LabeledSequence> Examples = TinyClassifier.Examples;

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var (first, second, other) = (Train(3), Train(3), Train(4));
        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.Contains(first.Zip(other), pair => !pair.First.Equals(pair.Second));

        static List<Tensor> Train(int seed)
        {
            // Copies, since a model that is collected takes its parameters along.
            using var model = Model();
            Run(model, new TrainingOptions { Epochs = 2, LearningRate = 1e-3, Batching = new TokenBudget(128), Seed = seed }, tokenDropout: true);
            return [.. model.parameters().Select(parameter => parameter.detach().clone())];
        }
    }

    [Fact]
    public void ModelsLearnAndReport()
    {
        using var model = Model();
        var reports = new Reports();
        var result = Run(model, new TrainingOptions { Epochs = 8, LearningRate = 5e-3, Batching = new TokenBudget(128), ReportEvery = 3 }, reports);

        Assert.True(result.Validation!.Metric > 0.95, $"accuracy {result.Validation.Metric}");
        Assert.Equal((8, false, false), (result.Epochs, result.Cancelled, result.StoppedEarly));
        Assert.False(model.training);
        Assert.Equal(8, reports.Seen.Count(report => report.Validation is not null));
        var last = reports.Seen[^1];
        Assert.Equal((8, 8, result.Steps, result.Steps, TimeSpan.Zero), (last.Epoch, last.Epochs, last.Step, last.Steps, last.TimeLeft));
        Assert.True(last.Loss < 0.3 * reports.Seen[0].Loss);
        Assert.All(reports.Seen, report => Assert.True(report.TokensPerSecond > 0));
        Assert.All(reports.Seen.Where(report => report.Validation is null && report.Step < report.Steps), report => Assert.Equal(0, report.Step % 3));
    }

    [Fact]
    public void EveryStepHasTheRateOfTheSchedule()
    {
        using var model = Model();
        var reports = new Reports();
        var options = new TrainingOptions { Epochs = 2, LearningRate = 0.01, Schedule = Schedule.Cosine, WarmUp = 0.25, Batching = new TokenBudget(128), ReportEvery = 1 };
        var result = Run(model, options, reports);

        var rates = reports.Seen.Where(report => report.Validation is null).Select(report => report.LearningRate);
        var warmUp = (long)Math.Round(0.25 * result.Steps);
        Assert.Equal(Enumerable.Range(0, (int)result.Steps).Select(step => 0.01 * Schedule.Cosine.At(step, result.Steps, warmUp)), rates);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(7, false)]
    [InlineData(7, true)]
    public void AccumulatedBatchesMakeTheStepOfTheirSum(int size, bool weighed)
    {
        using var scope = NewDisposeScope();
        // Without dropout, batches of a few examples must move the weights as one batch of all of them does.
        var (whole, pieces) = (Model(dropout: 0), Model(dropout: 0));
        var examples = Examples.Take(32).ToList();
        var options = new TrainingOptions { Epochs = 1, LearningRate = 1e-2, WarmUp = 0, AccumulatedBatches = 5 };
        Run(whole, options with { Batching = new FixedPadding(32, 12) }, examples: examples, classWeights: weighed ? [1, 5, 0.2f] : null);
        var result = Run(pieces, options with { Batching = new FixedPadding(size, 12) }, examples: examples, classWeights: weighed ? [1, 5, 0.2f] : null);
        Assert.Equal(1, result.Steps);
        foreach (var (expected, actual) in whole.parameters().Zip(pieces.parameters()))
            Tensors.Equal(Tensors.Values(expected), actual, 1e-4);
    }

    [Fact]
    public void BiasesAndNormsDoNotDecay()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using (no_grad())
            foreach (var parameter in model.parameters())
                parameter.fill_(1);
        new TrainingRun<LabeledSequence>(new NoLoss(model), new TrainingOptions { Epochs = 1, LearningRate = 0.1, WeightDecay = 0.5, WarmUp = 0, Schedule = Schedule.Constant })
            .Run(Examples.Take(1).ToList());
        Assert.All(model.parameters(), parameter => Assert.Equal(parameter.dim() > 1 ? 0.95f : 1f, parameter.min().item<float>(), 1e-5f));
    }

    [Fact]
    public void TrainingStopsWhenValidationNoLongerImprovesAndGivesTheBestBack()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var task = new ScriptedTask(model, [0.5, 0.9, 0.8, 0.7, 0.99]);
        var result = new TrainingRun<LabeledSequence>(task, new TrainingOptions { Epochs = 5, Patience = 2, LearningRate = 1e-2 }).Run(Examples, Examples);
        Assert.Equal((4, 2, true), (result.Epochs, result.BestEpoch, result.StoppedEarly));
        Assert.Equal(0.9, result.Validation!.Metric, 1e-9);
        Assert.All(task.Snapshots[1].Zip(model.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.Contains(task.Snapshots[3].Zip(model.parameters()), pair => !pair.First.Equals(pair.Second));
    }

    [Fact]
    public void TheLossCanDecideWhatIsBest()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var result = new TrainingRun<LabeledSequence>(new ScriptedTask(model, [0.1, 0.9, 0.5]), new TrainingOptions { Epochs = 3, BestBy = BestBy.Loss }).Run(Examples, Examples);
        Assert.Equal(1, result.BestEpoch);
    }

    [Fact]
    public void CancellingGivesTheBestSoFar()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using var source = new CancellationTokenSource();
        var task = new ScriptedTask(model, [0.5, 0.9, 0.8]);
        var reports = new Reports(report =>
        {
            if (report.Epoch == 3)
                source.Cancel();
        });
        var result = new TrainingRun<LabeledSequence>(task, new TrainingOptions { Epochs = 5, LearningRate = 1e-2, ReportEvery = 1 }).Run(Examples, Examples, reports, source.Token);
        Assert.Equal((true, false, 2), (result.Cancelled, result.StoppedEarly, result.BestEpoch));
        Assert.All(task.Snapshots[1].Zip(model.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    [Fact]
    public void ClassWeightsAndSmoothingChangeTheLossAsWrittenDown()
    {
        using var scope = NewDisposeScope();
        using var model = Model(dropout: 0);
        var batch = new TrainingBatch<LabeledSequence>(Examples.Take(4).ToList(), 12, new Random(1));
        using var tokens = TokenBatch.Pad([.. batch.Examples.Select(example => example.Tokens)], 0);
        var scores = Tensors.Values(model.call(tokens)).Chunk(3).ToArray();
        float[] weights = [1, 2, 0.5f];
        const double Smoothing = 0.2;
        var (sum, total) = (0.0, 0.0);
        foreach (var (row, example) in batch.Examples.Index())
        {
            var logs = Loops.Softmax(scores[row]).Select(share => Math.Log(share)).ToArray();
            sum -= (1 - Smoothing) * weights[example.Label] * logs[example.Label] + Smoothing / 3 * logs.Zip(weights, (log, weight) => log * weight).Sum();
            total += weights[example.Label];
        }
        var loss = new SequenceClassificationTask(model) { ClassWeights = weights, LabelSmoothing = Smoothing }.Loss(batch);
        Tensors.Equal([sum / total], loss.Mean);
        Assert.Equal(total, loss.Weight, 1e-6);
    }

    [Fact]
    public void TokenDropoutHidesAllButTheSpecialTokens()
    {
        var dropout = new TokenDropout(0.5, 99, new HashSet<int> { 1, 2 });
        var sequence = new TokenSequence([1, .. Enumerable.Repeat(7, 1000), 2]);
        var dropped = dropout.Apply(sequence, new Random(1));
        Assert.Equal((1, 2), (dropped.Ids[0], dropped.Ids[^1]));
        Assert.InRange(dropped.Ids.Count(id => id == 99), 450, 550);
        Assert.Equal(7, sequence.Ids[1]);
    }

    [Fact]
    public void MemoryStaysFlatOverTwoHundredSteps()
    {
        using var model = Model();
        var options = new TrainingOptions { Epochs = 25, Batching = new TokenBudget(128), LearningRate = 1e-4 };
        Run(model, options with { Epochs = 3 });
        var tensors = Tensor.TotalCount;
        var before = ResidentBytes();
        var result = Run(model, options);
        Assert.True(result.Steps >= 200, $"only {result.Steps} steps");
        Assert.InRange(ResidentBytes() - before, long.MinValue, 24L << 20);
        Assert.InRange(Tensor.TotalCount, 0, tensors);
    }

    [Fact]
    public void MemoryStaysFlatOverTwoThousandPredictions()
    {
        using var model = Model();
        model.eval();
        Predict(200);
        var (tensors, before) = (Tensor.TotalCount, ResidentBytes());
        Predict(2000);
        Assert.InRange(ResidentBytes() - before, long.MinValue, 24L << 20);
        Assert.InRange(Tensor.TotalCount, 0, tensors);

        void Predict(int count)
        {
            using var frozen = no_grad();
            for (var i = 0; i < count; i++)
            {
                using var batch = TokenBatch.Pad([Examples[i % Examples.Count].Tokens], 0);
                model.call(batch).Dispose();
            }
        }
    }

    [Fact]
    public void ImpossibleOptionsAreNamed()
    {
        using var model = Model();
        var task = new SequenceClassificationTask(model);
        Assert.Contains("Epochs", Refused(new TrainingOptions { Epochs = 0 }), StringComparison.Ordinal);
        Assert.Contains("LearningRate", Refused(new TrainingOptions { LearningRate = 0 }), StringComparison.Ordinal);
        Assert.Contains("WarmUp", Refused(new TrainingOptions { WarmUp = 1.5 }), StringComparison.Ordinal);
        Assert.Contains("MaxGradientNorm", Refused(new TrainingOptions { MaxGradientNorm = 0 }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TrainingRun<LabeledSequence>(task, new TrainingOptions()).Run([]));

        string Refused(TrainingOptions options) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingRun<LabeledSequence>(task, options)).Message;
    }

    private static TrainingResult Run(
        TextModel model,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        IReadOnlyList<LabeledSequence>? examples = null,
        bool tokenDropout = false,
        float[]? classWeights = null)
    {
        var task = new SequenceClassificationTask(model)
        {
            ClassWeights = classWeights,
            TokenDropout = tokenDropout ? new TokenDropout(0.1, 1, new HashSet<int>()) : null,
        };
        return new TrainingRun<LabeledSequence>(task, options).Run(examples ?? Examples, examples ?? Examples, progress);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static TextModel Model(double dropout = 0.1) => TinyClassifier.Create(dropout);

    private sealed class Reports(Action<TrainingProgress>? react = null) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Seen { get; } = [];

        public void Report(TrainingProgress value)
        {
            Seen.Add(value);
            react?.Invoke(value);
        }
    }

    /// <summary>Learns as ever, but says of each validation what it was told to; keeps the weights at each.</summary>
    private sealed class ScriptedTask(TextModel model, double[] metrics) : TrainingTask<LabeledSequence>(model)
    {
        private readonly SequenceClassificationTask inner = new(model);

        public List<List<Tensor>> Snapshots { get; } = [];

        public override int LengthOf(LabeledSequence example) => 4096;

        public override BatchLoss Loss(TrainingBatch<LabeledSequence> batch) => inner.Loss(batch with { Length = 12 });

        public override BatchScore Score(TrainingBatch<LabeledSequence> batch)
        {
            if (ReferenceEquals(batch.Examples[0], Examples[0]))
                Snapshots.Add([.. Model.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())]);
            var metric = metrics[Snapshots.Count - 1];
            return new BatchScore(metric, metric, 1);
        }
    }

    /// <summary>A loss that every parameter has a part in, and none a slope.</summary>
    private sealed class NoLoss(TextModel model) : TrainingTask<LabeledSequence>(model)
    {
        public override int LengthOf(LabeledSequence example) => 1;

        public override BatchLoss Loss(TrainingBatch<LabeledSequence> batch) =>
            new(Model.parameters().Select(parameter => parameter.sum() * 0).Aggregate((a, b) => a + b), batch.Examples.Count);

        public override BatchScore Score(TrainingBatch<LabeledSequence> batch) => new(0, 0, 1);
    }
}
