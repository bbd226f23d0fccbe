using System.Diagnostics;
using FashionClassifier;
using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Benchmarks.Images;

/// <summary>Fashion-MNIST from scratch in minutes: a vision transformer, convolutions of as many parameters, and logistic regressions.</summary>
internal static class FashionBenchmarks
{
    private static readonly VitConfig Vit = new()
    {
        ImageSize = FashionFiles.Side,
        PatchSize = 7,
        Channels = 1,
        HiddenSize = 128,
        Layers = 4,
        Heads = 4,
        InnerSize = 256,
        InitializerRange = 0.07,
        LabelNames = FashionFiles.Names,
    };

    private static readonly ImageProcessor Processor = ImageProcessor.Of(Vit) with { Mean = [0.286], Deviation = [0.353] };

    /// <summary>A logistic regression of the pixels themselves.</summary>
    public static void Pixels(FashionMnist data)
    {
        var watch = Stopwatch.StartNew();
        var accuracy = Probe.Accuracy(Probe.Pixels(data.Training), Probe.Pixels(data.Test));
        Say($"pixels, logistic regression: {accuracy:0.00%} of {data.Test.Count} in {watch.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>The transformer, and a logistic regression of its features.</summary>
    public static void Transformer(FashionMnist data, int epochs)
    {
        torch.manual_seed(1);
        using var model = ImageModel.ForClassification(Vit);
        Train("transformer", model, data, epochs, 2e-3, 0.05);
        var features = Stopwatch.StartNew();
        var probed = Probe.Accuracy(
            Probe.Features(model.Backbone, ImagePooling.ClassAndMean, Processor, data.Training),
            Probe.Features(model.Backbone, ImagePooling.ClassAndMean, Processor, data.Test));
        Say($"the transformer's features, logistic regression: {probed:0.00%} in {features.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>Convolutions by the same recipe, and rate and epochs of their own.</summary>
    public static void Convolutions(FashionMnist data, int epochs)
    {
        torch.manual_seed(1);
        var backbone = new ConvolutionalBackbone(32, FashionFiles.Side, 152, 0.25);
        using var model = new ImageModel(Vit, backbone, new ImageClassification(152, FashionFiles.Names.Length, new ImagePooler(ImagePooling.Mean, 0)));
        Train("convolutions", model, data, epochs, 2e-3, 0.05);
    }

    /// <summary>Learning without labels, then a logistic regression of the features with few labels and with all.</summary>
    public static void SelfDistillation(FashionMnist data, int epochs)
    {
        torch.manual_seed(1);
        using var model = DinoModel.Create(Vit, new DinoHeadSizes(Prototypes: 1024, InnerSize: 256, BottleneckSize: 64));
        var fresh = Features(model, data);
        // Few steps: the teacher must follow soon.
        var task = new DinoTask(model, Views()) { TeacherMomentum = 0.99, TeacherTemperature = 0.06, TeacherTemperatureWarmUp = 0.2, FrozenPrototypeEpochs = 0 };
        var options = new TrainingOptions
        {
            Epochs = epochs,
            Batching = new FixedSize(64, 1),
            LearningRate = 1e-3,
            Schedule = Schedule.Cosine,
            WeightDecay = 0.04,
            FinalWeightDecay = 0.1,
            ReportEvery = 50,
            Seed = 1,
        };
        UnlabeledImage[] images = [.. data.Training.Select(image => new UnlabeledImage(image.Image))];
        Say($"DINO: {epochs} epochs of {images.Length} images without labels");
        var watch = Stopwatch.StartNew();
        var work = Environment.CpuUsage.TotalTime;
        new TrainingRun<UnlabeledImage>(task, options).Run(images, progress: new Told("DINO"));
        Say($"DINO: trained in {watch.Elapsed.TotalSeconds:0} s ({(Environment.CpuUsage.TotalTime - work).TotalSeconds:0} s of work); {task.Measure([.. images.Take(1000)], new Random(1))}");
        var learned = Features(model, data);
        var pixels = (Training: Probe.Pixels(data.Training), Test: Probe.Pixels(data.Test));
        foreach (var share in new[] { 0.01, 0.1, 1 })
        {
            // All pixels are a study of their own, which takes minutes.
            var ofPixels = share < 1 ? $"{Of(pixels, share):0.00%}" : "as fashion-pixels says";
            Say($"labels of {share:0 %}: pixels {ofPixels}, random weights {Of(fresh, share):0.00%}, after DINO {Of(learned, share):0.00%}");
        }

        static double Of((IReadOnlyList<Probe.Row> Training, IReadOnlyList<Probe.Row> Test) rows, double share) =>
            Probe.Accuracy(Probe.Share(rows.Training, share), rows.Test);
    }

    private static DinoViews Views()
    {
        var ready = Processor with { Resizes = false };
        ImageAugmentation[] changes = [new HorizontalFlip(), new ColorJitter { Brightness = 0.4, Contrast = 0.4, Probability = 0.8 }];
        return new DinoViews(ready, ready)
        {
            First = [new RandomResizedCrop(28, 28) { Scale = new(0.4, 1) }, .. changes],
            Second = [new RandomResizedCrop(28, 28) { Scale = new(0.4, 1) }, .. changes],
            Small = [new RandomResizedCrop(14, 14) { Scale = new(0.1, 0.4) }, .. changes],
            LocalViews = 2,
        };
    }

    private static (IReadOnlyList<Probe.Row> Training, IReadOnlyList<Probe.Row> Test) Features(DinoModel model, FashionMnist data) => (
        Probe.Features(model.Teacher.Backbone, ImagePooling.ClassAndMean, Processor, data.Training),
        Probe.Features(model.Teacher.Backbone, ImagePooling.ClassAndMean, Processor, data.Test));

    /// <summary>Trains by the one recipe, and measures the last weights' mean on the test set.</summary>
    private static void Train(string name, ImageModel model, FashionMnist data, int epochs, double rate, double decay)
    {
        var task = new ImageClassificationTask(model, Processor)
        {
            Augmentations = [new RandomCrop(FashionFiles.Side, FashionFiles.Side) { Padding = 1 }, new HorizontalFlip()],
            LabelSmoothing = 0.05,
        };
        var options = new TrainingOptions
        {
            Epochs = epochs,
            Batching = new FixedSize(128, 1),
            LearningRate = rate,
            Schedule = Schedule.Cosine,
            WarmUp = 0.1,
            WeightDecay = decay,
            EmaDecay = 0.998,
            ReportEvery = 100,
            Seed = 1,
        };
        Say($"{name}: {model.parameters().Sum(parameter => parameter.numel()):N0} parameters, {epochs} epochs of {data.Training.Count} images");
        var watch = Stopwatch.StartNew();
        var work = Environment.CpuUsage.TotalTime;
        var run = new TrainingRun<LabeledImage>(task, options);
        var result = run.Run(data.Training, progress: new Told(name));
        var (seconds, worked) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - work).TotalSeconds);
        var score = run.Validate(data.Test);
        Say($"{name}: {score.Metric:0.00%} of {data.Test.Count}, trained in {seconds:0} s ({worked:0} s of work; {result.Steps} steps)");
    }

    private static void Say(string line) => Console.WriteLine($"{"fashion",-14} {line}");

    /// <summary>Says where a training is, now and then.</summary>
    private sealed class Told(string name) : IProgress<TrainingProgress>
    {
        private readonly Stopwatch silence = Stopwatch.StartNew();

        public void Report(TrainingProgress value)
        {
            if (silence.Elapsed.TotalSeconds < 20)
                return;
            silence.Restart();
            Say($"{name}: epoch {value.Epoch} of {value.Epochs}, loss {value.Loss:0.000}, {value.TimeLeft.TotalMinutes:0.0} minutes left");
        }
    }
}
