using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class ImageClassificationTaskTests
{
    private const int Classes = 4;

    private static readonly TrainingOptions Options = new() { Epochs = 2, LearningRate = 5e-3, Batching = new FixedSize(16, 1), Seed = 3 };

    [Fact]
    public void LearnsWhichSideIsBright()
    {
        using var model = TinyImages.Create();
        var result = new TrainingRun<LabeledImage>(TaskOf(model), Options with { Epochs = 8 }).Run(TinyImages.Examples, TinyImages.Examples);
        Assert.True(result.Validation!.Metric > 0.95, $"accuracy {result.Validation.Metric}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void TheLossIsAsWrittenDown(bool weighed, bool mixed)
    {
        using var scope = NewDisposeScope();
        using var model = TinyImages.Create();
        var batch = TinyImages.Batch(5);
        float[]? weights = weighed ? [1, 2, 0.5f, 3] : null;
        var mixing = mixed ? new Mixing() : null;
        // The task draws the same from the same seed.
        var mix = mixing?.Draw(new Random(1), 8, 8) ?? new ImageMix(1, null);
        var scores = Scores(model, batch, mix);
        var targets = Targets(batch, mix);
        const double Smoothing = 0.2;
        var (sum, total) = (0.0, 0.0);
        for (var row = 0; row < 5; row++)
            for (var c = 0; c < Classes; c++)
            {
                var weight = weights?[c] ?? 1;
                sum -= weight * ((1 - Smoothing) * targets[row][c] + Smoothing / Classes) * Math.Log(Loops.Softmax(scores[row])[c]);
                total += weight * targets[row][c];
            }

        var loss = new ImageClassificationTask(model, TinyImages.Processor) { ClassWeights = weights, LabelSmoothing = Smoothing, Mixing = mixing }.Loss(batch);
        Tensors.Equal([sum / total], loss.Mean);
        Assert.Equal(total, loss.Weight, 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATeacherIsHeardAsWrittenDown(bool hard)
    {
        using var scope = NewDisposeScope();
        using var model = TinyImages.Create();
        using var teacher = TinyImages.Create(2);
        var batch = TinyImages.Batch(5);
        var whole = new ImageMix(1, null);
        var (scores, taught, targets) = (Scores(model, batch, whole), Scores(teacher, batch, whole), Targets(batch, whole));
        const double Weight = 0.3, Temperature = 2.5;
        var expected = 0.0;
        for (var row = 0; row < 5; row++)
        {
            var logs = Loops.Softmax(scores[row]).Select(share => Math.Log(share)).ToArray();
            expected -= (1 - Weight) * targets[row].Zip(logs, (target, log) => target * log).Sum();
            if (hard)
            {
                expected -= Weight * logs[Array.IndexOf(taught[row], taught[row].Max())];
                continue;
            }
            var (student, master) = (Loops.Softmax([.. scores[row].Select(score => score / Temperature)]), Loops.Softmax([.. taught[row].Select(score => score / Temperature)]));
            expected += Weight * Temperature * Temperature * master.Zip(student, (p, q) => p * Math.Log(p / q)).Sum();
        }

        var task = new ImageClassificationTask(model, TinyImages.Processor) { Teacher = new Distillation(teacher) { Hard = hard, Weight = Weight, Temperature = Temperature } };
        var loss = task.Loss(batch).Mean;
        Tensors.Equal([expected / 5], loss);
        loss.backward();
        Assert.All(teacher.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void WhichThreadDecodesWhatDoesNotMatter()
    {
        var (first, second) = (Train(TinyImages.Examples), Train([.. TinyImages.Examples.Select(Delayed)]));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, pair => Assert.Equal(pair.Value, second[pair.Key]));

        static LabeledImage Delayed(LabeledImage example, int index) => example with
        {
            Image = () =>
            {
                Thread.SpinWait(50 * (index * 37 % 101));
                return example.Image();
            },
        };
    }

    [Fact]
    public void AugmentationsActInTrainingOnly()
    {
        var (plain, augmented) = (Loss([]), Loss([new RandomErasing { Probability = 1 }]));
        Assert.NotEqual(plain.Training, augmented.Training);
        Assert.Equal(plain.Validation, augmented.Validation);

        static (float Training, double Validation) Loss(IReadOnlyList<ImageAugmentation> augmentations)
        {
            using var scope = NewDisposeScope();
            using var model = TinyImages.Create();
            var task = new ImageClassificationTask(model, TinyImages.Processor) { Augmentations = augmentations };
            return (task.Loss(TinyImages.Batch(16)).Mean.item<float>(), new TrainingRun<LabeledImage>(task, Options).Validate(TinyImages.Examples).Loss);
        }
    }

    [Fact]
    public void ATokenForTheTeacherLearnsFromTheTeacherAlone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = ImageModel.ForClassification(new DeitConfig
        {
            ImageSize = 8, PatchSize = 4, Channels = 1, HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 32, InitializerRange = 0.1,
            LabelNames = TinyImages.Config.LabelNames,
        });
        using var teacher = TinyImages.Create(2);
        Assert.True(Learns("output", weight: 0.25) && Learns("distillation", weight: 0.25));
        Assert.True(Learns("output", weight: 0) && !Learns("distillation", weight: 0));
        Assert.True(!Learns("output", weight: 1) && Learns("distillation", weight: 1));

        bool Learns(string part, double weight)
        {
            model.zero_grad();
            new ImageClassificationTask(model, TinyImages.Processor) { Teacher = new Distillation(teacher) { Hard = true, Weight = weight } }
                .Loss(TinyImages.Batch(4)).Mean.backward();
            var gradient = model.named_parameters().Single(pair => pair.name == $"head.{part}.weight").parameter.grad;
            return gradient is not null && gradient.count_nonzero().item<long>() > 0;
        }
    }

    [Fact]
    public void ABrokenImageEndsTrainingWithItsOwnError()
    {
        using var model = TinyImages.Create();
        var broken = new LabeledImage(() => throw new InvalidDataException("shoe.png ends too soon."), 0);
        var run = new TrainingRun<LabeledImage>(TaskOf(model), Options);
        Assert.Equal("shoe.png ends too soon.", Assert.Throws<InvalidDataException>(() => run.Run([.. TinyImages.Examples, broken])).Message);
        Assert.Throws<InvalidDataException>(() => run.Validate([.. TinyImages.Examples, broken]));
    }

    [Fact]
    public void ATrainingThatWasStoppedEndsWithTheSameBits()
    {
        var whole = Train(TinyImages.Examples);
        using var temporary = new TemporaryFolder();
        using var model = TinyImages.Create();
        var options = Options with { Checkpoints = new CheckpointOptions(temporary.Path) { EverySteps = 1 }, ReportEvery = 1, EmaDecay = 0.9 };
        using (var source = new CancellationTokenSource())
            new TrainingRun<LabeledImage>(TaskOf(model), options).Run(TinyImages.Examples, progress: new Watch(source, 4), cancellation: source.Token);
        using var other = TinyImages.Create();
        new TrainingRun<LabeledImage>(TaskOf(other), options).Run(TinyImages.Examples);
        Assert.All(TinyImages.State(other), pair => Assert.Equal(whole[pair.Key], pair.Value));

        using var changed = TinyImages.Create();
        var run = new TrainingRun<LabeledImage>(new ImageClassificationTask(changed, TinyImages.Processor), options);
        Assert.Contains("task's Mixing", Assert.Throws<InvalidDataException>(() => run.Run(TinyImages.Examples)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersLearnTheSlowerTheLowerTheyAre()
    {
        using var model = TinyImages.Create();
        var options = new TrainingOptions
        {
            Epochs = 1,
            Batching = new FixedPadding(1, 1),
            LearningRate = 0.01,
            LayerDecay = 0.5,
            Schedule = Schedule.Constant,
            WarmUp = 0,
            WeightDecay = 0,
            MaxGradientNorm = null,
        };
        var before = TinyImages.State(model);
        new TrainingRun<int>(new ConstantSlopeTask(model, 1), options).Run([0]);
        (string Start, double Rate)[] rates =
        [
            ("head.", 0.01), ("backbone.stack.norm.", 0.005), ("backbone.stack.layers.1.", 0.005),
            ("backbone.stack.layers.0.", 0.0025), ("backbone.embedding.", 0.00125),
        ];
        var seen = new HashSet<string>();
        foreach (var (name, after) in TinyImages.State(model))
        {
            var (start, rate) = rates.First(pair => name.StartsWith(pair.Start, StringComparison.Ordinal));
            seen.Add(start);
            Assert.All(before[name].Zip(after), pair => Assert.Equal(pair.First - rate, pair.Second, 1e-6));
        }
        Assert.Equal(rates.Length, seen.Count);
    }

    private static Dictionary<string, float[]> Train(IReadOnlyList<LabeledImage> examples)
    {
        using var model = TinyImages.Create();
        new TrainingRun<LabeledImage>(TaskOf(model), Options with { EmaDecay = 0.9 }).Run(examples);
        return TinyImages.State(model);
    }

    private static ImageClassificationTask TaskOf(ImageModel model) => new(model, TinyImages.Processor)
    {
        Augmentations = [new ColorJitter { Brightness = 0.1 }, new RandomErasing { Scale = new(0.02, 0.1) }],
        Mixing = new Mixing { Probability = 0.5 },
        LabelSmoothing = 0.1,
    };

    private static double[][] Scores(ImageModel model, TrainingBatch<LabeledImage> batch, ImageMix mix)
    {
        using var images = TinyImages.Processor.Batch([.. batch.Examples.Select(example => example.Image)]);
        using var mixed = new ImageBatch(mix.Pixels(images.Pixels));
        return [.. Tensors.Values(model.call(mixed)).Chunk(Classes)];
    }

    private static double[][] Targets(TrainingBatch<LabeledImage> batch, ImageMix mix) => [.. batch.Examples.Select((example, row) => Enumerable.Range(0, Classes)
        .Select(c => (example.Label == c ? mix.Kept : 0) + (batch.Examples[^(row + 1)].Label == c ? 1 - mix.Kept : 0)).ToArray())];

    private sealed class Watch(CancellationTokenSource source, long step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                source.Cancel();
        }
    }
}
