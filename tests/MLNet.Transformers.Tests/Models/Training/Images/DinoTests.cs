using System.Text.Json;
using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class DinoTests
{
    private static readonly DinoHeadSizes Sizes = new(Prototypes: 7, InnerSize: 12, BottleneckSize: 5);
    private static readonly TrainingOptions Options = new() { Epochs = 3, LearningRate = 2e-3, Batching = new FixedSize(16, 1), Seed = 3 };

    [PyTorchFact]
    public void LossAndCentreAndMeasuresFollowThePaper()
    {
        using var scope = NewDisposeScope();
        using var temporary = new TemporaryFolder();
        using var model = Model();
        using (no_grad())
        {
            foreach (var parameter in model.Teacher.parameters())
                parameter.add_(randn_like(parameter), alpha: 0.05);
            model.Centre.copy_(randn(Sizes.Prototypes) * 0.1);
        }
        var images = TinyImages.Unlabeled.Take(6).ToArray();
        var task = new DinoTask(model, Views());
        var (random, again) = (new Random(5), new Random(5));
        using var seen = Views().Of(images, again);
        var file = temporary.File("case.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            student = Describe(model.Student, seen, 6),
            teacher = Describe(model.Teacher, new SeenViews(seen.Global, null), 6),
            centre = Tensors.Values(model.Centre),
            student_temperature = task.StudentTemperature,
            teacher_temperature = task.TeacherTemperature,
            centre_momentum = task.CentreMomentum,
        }));
        using var answer = JsonDocument.Parse(PyTorch.Run("image_training.py", "dino", file));
        var root = answer.RootElement;

        var measures = task.Measure(images, new Random(5));
        model.train();
        var loss = task.Loss(new TrainingBatch<UnlabeledImage>(images, 1, random) { Epoch = 2 });
        loss.Mean.backward();
        Tensors.Equal([root.GetProperty("loss").GetDouble()], loss.Mean);
        Tensors.Equal(Numbers("slope"), Parameter(model, "student.head.layers.0.linear.weight").grad!);
        Tensors.Equal(Numbers("prototype_slope"), model.Student.Head.Prototypes.grad!);
        Assert.All(model.Teacher.parameters(), parameter => Assert.Null(parameter.grad));
        using (no_grad())
            task.AfterStep(Weights(model), 0);
        Tensors.Equal(Numbers("centre"), model.Centre);
        Assert.Equal(root.GetProperty("entropy").GetDouble(), measures.Entropy, 1e-5);
        Assert.Equal(root.GetProperty("mean_entropy").GetDouble(), measures.MeanEntropy, 1e-5);
        Assert.Equal(root.GetProperty("divergence").GetDouble(), measures.Divergence, 1e-5);

        double[] Numbers(string name) => [.. root.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
    }

    [Fact]
    public void TheTeacherFollowsTheStudentEverSlower()
    {
        using var model = Model();
        var task = new DinoTask(model, Views()) { TeacherMomentum = 0.8 };
        using (no_grad())
            foreach (var parameter in model.Student.parameters())
                parameter.add_(1);
        var before = TinyImages.State(model);
        Follow(0.25, 1 - 0.2 * (1 + Math.Cos(Math.PI / 4)) / 2);
        Follow(1, 1);

        void Follow(double progress, double kept)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            task.Loss(new TrainingBatch<UnlabeledImage>([.. TinyImages.Unlabeled.Take(2)], 1, new Random(1)) { Epoch = 1, Progress = progress });
            task.AfterStep(Weights(model), progress);
            var after = TinyImages.State(model);
            foreach (var (name, values) in after.Where(pair => pair.Key.StartsWith("teacher.", StringComparison.Ordinal)))
                Assert.All(values.Zip(before[name], before["student." + name[8..]]), triple => Assert.Equal(kept * triple.Second + (1 - kept) * triple.Third, triple.First, 1e-5));
            before = after;
        }
    }

    [Fact]
    public void ThePrototypesRestInTheFirstEpoch()
    {
        using var model = Model();
        var before = TinyImages.State(model);
        Train(model, Options with { Epochs = 1 });
        var rested = TinyImages.State(model);
        Assert.Equal(before["student.head.prototypes"], rested["student.head.prototypes"]);
        Assert.NotEqual(before["student.head.layers.0.linear.weight"], rested["student.head.layers.0.linear.weight"]);
        using var other = Model();
        Train(other, Options with { Epochs = 2 });
        Assert.NotEqual(before["student.head.prototypes"], TinyImages.State(other)["student.head.prototypes"]);
    }

    [Fact]
    public void LearnsWithoutLabelsAndDoesNotCollapse()
    {
        var sizes = Sizes with { Prototypes = 16 };
        using var model = Model(sizes);
        using var random = Model(sizes);
        var task = new DinoTask(model, Views() with { LocalViews = 0 }) { TeacherMomentum = 0.99 };
        new TrainingRun<UnlabeledImage>(task, Options with { Epochs = 12, LearningRate = 1e-3, Schedule = Schedule.Constant }).Run(TinyImages.Unlabeled);
        var (learned, fresh) = (Measure(model), Measure(random));
        // What the teacher says tells more of which image it was than it did at first, when it said much the same of all.
        Assert.True(learned.Information > fresh.Information + 0.3, $"information {learned.Information}, at first {fresh.Information}");
        Assert.Equal(learned.MeanEntropy - learned.Entropy, learned.Information);

        static CollapseMeasures Measure(DinoModel model) => new DinoTask(model, Views()).Measure(TinyImages.Unlabeled, new Random(9));
    }

    [Fact]
    public void ATrainingThatWasStoppedEndsWithTheSameBits()
    {
        using var whole = Model();
        Train(whole, Options);
        using var temporary = new TemporaryFolder();
        var options = Options with { Checkpoints = new CheckpointOptions(temporary.Path) { EverySteps = 5 } };
        using (var stopped = Model())
            Train(stopped, options, stopAfter: 11);
        using var resumed = Model();
        Train(resumed, options);
        Assert.All(TinyImages.State(resumed), pair => Assert.Equal(TinyImages.State(whole)[pair.Key], pair.Value));
    }

    [Fact]
    public void TheBestTeacherGoesWithTheBestStudent()
    {
        using var model = Model();
        var task = new DinoTask(model, Views());
        var result = new TrainingRun<UnlabeledImage>(task, Options with { Epochs = 4, BestBy = BestBy.Loss }).Run(TinyImages.Unlabeled, [.. TinyImages.Unlabeled.Take(16)]);
        // Teacher and centre are part of what the loss depends on.
        Assert.Equal(result.Validation!.Loss, new TrainingRun<UnlabeledImage>(task, Options).Validate([.. TinyImages.Unlabeled.Take(16)]).Loss, 1e-9);
        Assert.Equal(result.Report.Validation.Min(point => point.Loss), result.Validation.Loss, 1e-9);
    }

    [Fact]
    public void FewerBitsMoveTheTeacherToo()
    {
        using var model = Model();
        var before = TinyImages.State(model);
        Train(model, Options with { Epochs = 1, Precision = Precision.BFloat16 });
        var after = TinyImages.State(model);
        Assert.All(after.Keys.Where(name => name.EndsWith("weight", StringComparison.Ordinal) && name.StartsWith("teacher.", StringComparison.Ordinal)),
            name => Assert.NotEqual(before[name], after[name]));
        Assert.NotEqual(before["centre"], after["centre"]);
    }

    [Fact]
    public void CollapseIsSeenFromTheMeasures()
    {
        using var scope = NewDisposeScope();
        var alike = full([4, 8], 1 / 8.0);
        var measures = CollapseMeasures.Of(alike, alike.log());
        Assert.Equal((Math.Log(8), 0, 0), (measures.Entropy, measures.Information, measures.Divergence), Close);
        var one = zeros(4, 8);
        one[TensorIndex.Colon, TensorIndex.Single(3)] = 1;
        measures = CollapseMeasures.Of(one, one.mul(0.999).add(1e-6).log());
        Assert.Equal((0, 0), (Math.Round(measures.Entropy, 5), Math.Round(measures.Information, 5)));
        var each = eye(4);
        measures = CollapseMeasures.Of(each, each.mul(0.999).add(1e-6).log());
        Assert.Equal(Math.Log(4), measures.Information, 1e-5);

        static bool Close((double, double, double) expected, (double, double, double) actual) =>
            Math.Abs(expected.Item1 - actual.Item1) + Math.Abs(expected.Item2 - actual.Item2) + Math.Abs(expected.Item3 - actual.Item3) < 1e-5;
    }

    [Theory]
    [InlineData(224, 16, 96, 3)]
    [InlineData(28, 7, 14, 1)]
    [InlineData(28, 4, 12, 1)]
    public void PublishedViewsHaveTheSizesOfTheModel(int size, int patch, int small, int channels)
    {
        var config = TinyImages.Config with { ImageSize = size, PatchSize = patch, Channels = channels };
        var views = DinoViews.Of(ImageProcessor.Of(config), config) with { LocalViews = 2 };
        var image = new PixelImage(40, 30, channels, new byte[1200 * channels]);
        using var seen = views.Of([new UnlabeledImage(() => image), new UnlabeledImage(() => image)], new Random(1));
        Assert.Equal([4, channels, size, size], seen.Global.Pixels.shape);
        Assert.Equal([4, channels, small, small], seen.Local!.Pixels.shape);
    }

    private static DinoModel Model(DinoHeadSizes? sizes = null)
    {
        manual_seed(1);
        return DinoModel.Create(TinyImages.Config, sizes ?? Sizes);
    }

    private static DinoViews Views() => new(TinyImages.Processor, ImageProcessor.Of(TinyImages.Config with { ImageSize = 4 }))
    {
        First = [new ColorJitter { Brightness = 0.2 }],
        Second = [new ColorJitter { Brightness = 0.2, Contrast = 0.2 }],
        Small = [new RandomCrop(4, 4)],
        LocalViews = 3,
    };

    private static TrainingResult Train(DinoModel model, TrainingOptions options, long? stopAfter = null)
    {
        using var source = new CancellationTokenSource();
        return new TrainingRun<UnlabeledImage>(new DinoTask(model, Views()), options with { ReportEvery = 1 })
            .Run(TinyImages.Unlabeled, progress: new Watch(source, stopAfter), cancellation: source.Token);
    }

    private static Dictionary<string, Tensor> Weights(DinoModel model) =>
        model.named_parameters().Select(pair => (pair.name, Tensor: (Tensor)pair.parameter))
            .Concat(model.named_buffers().Select(pair => (pair.name, Tensor: pair.buffer)))
            .ToDictionary(pair => pair.name, pair => pair.Tensor);

    private static TorchSharp.Modules.Parameter Parameter(nn.Module model, string name) => model.named_parameters().Single(pair => pair.name == name).parameter;

    /// <summary>What a network's head sees of each view of the images, and the head.</summary>
    private static object Describe(DinoNetwork network, SeenViews seen, int images)
    {
        network.eval();
        var features = network.Features(seen.Global);
        if (seen.Local is not null)
            features = cat([features, network.Features(seen.Local)], 0);
        var width = (int)features.size(1);
        return new
        {
            features = Rows(features, width).Chunk(images),
            layers = Enumerable.Range(0, 3).Select(i => Parameter(network, $"head.layers.{i}.linear.weight"))
                .Select((weight, i) => new { weight = Rows(weight, (int)weight.size(1)), bias = Tensors.Values(Parameter(network, $"head.layers.{i}.linear.bias")) }),
            prototypes = Rows(network.Head.Prototypes, Sizes.BottleneckSize),
        };
    }

    private static IEnumerable<double[]> Rows(Tensor matrix, int width) => Tensors.Values(matrix).Chunk(width);

    private sealed class Watch(CancellationTokenSource source, long? step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                source.Cancel();
        }
    }
}
