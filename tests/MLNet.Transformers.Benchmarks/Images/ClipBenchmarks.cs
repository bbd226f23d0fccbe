using Microsoft.ML;
using MLNet.Transformers.Benchmarks.Tokenizers;
using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks;

/// <summary>
/// Two small towers that learn from the captions of 5,000 CIFAR-10 images, made of templates and the names of the classes: how well they
/// classify images of the test part whose classes they know by name only, and find images by captions and captions by images.
/// </summary>
internal static class ClipBenchmarks
{
    private static readonly string[] Templates =
    [
        "a photo of a {}.", "a small photo of a {}.", "a blurry photo of the {}.", "there is a {} in the picture.", "an image of one {}.", "this is a {}.",
    ];

    public static void Compare(int epochs)
    {
        var mlContext = new MLContext(seed: 1);
        var folder = Path.Combine(Corpus.FindData(), "img-cifar10");
        string[] classes = [.. Directory.GetDirectories(Path.Combine(folder, "train")).Select(name => Path.GetFileName(name)!).Order()];
        var (training, test) = (Photos(folder, "train", classes), Photos(folder, "test", classes));
        var testData = mlContext.Data.LoadFromEnumerable(test);
        using var model = mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText(Options(epochs)).Fit(mlContext.Data.LoadFromEnumerable(training));
        var report = model.TrainingResult!.Report;
        Console.WriteLine($"{"clip",-14} {training.Length:N0} images, {report.Steps:N0} steps in {report.TrainingTime.TotalMinutes:0.0} minutes");

        foreach (var templates in new[] { Templates[..1], Templates })
        {
            var accuracy = ZeroShotAccuracy(mlContext, model, classes, templates, testData, test);
            Console.WriteLine($"{"clip",-14} zero-shot, {templates.Length} template{(templates.Length > 1 ? "s" : "")}: {100 * accuracy:0.0} % of {test.Length:N0} test images (chance {100.0 / classes.Length:0.0} %)");
        }
        var recalls = Recalls(mlContext, model, testData, test, classes.Length);
        foreach (var (k, captions, images, chance) in recalls)
            Console.WriteLine($"{"clip",-14} recall@{k}: captions of images {100 * captions:0.0} %, images of captions {100 * images:0.0} % (chance {100 * chance:0.0} %)");
    }

    private static ContrastiveImageTextOptions Options(int epochs) => new()
    {
        Epochs = epochs,
        BatchSize = 100,
        LearningRate = 1e-3,
        WeightDecay = 0.1,
        Seed = 1,
        Augmentations = [new RandomCrop(32, 32) { Padding = 4 }, new HorizontalFlip()],
        Model = new ClipConfig
        {
            ProjectionSize = 64,
            Vision = new() { ImageSize = 32, PatchSize = 4, HiddenSize = 96, Layers = 4, Heads = 4, InnerSize = 384 },
            Text = new() { HiddenSize = 64, Layers = 2, Heads = 4, InnerSize = 256, MaxLength = 24 },
        },
    };

    private static double ZeroShotAccuracy(
        MLContext mlContext, ImageTextTransformer model, string[] classes, string[] templates, IDataView testData, CaptionedPhoto[] test)
    {
        var classifier = mlContext.MulticlassClassification
            .ClassifyImagesZeroShot(new ZeroShotClassificationOptions { Labels = classes, Templates = templates, Model = model, ImageColumnName = nameof(CaptionedPhoto.Image) })
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var predicted = classifier.Fit(testData).Transform(testData);
        return mlContext.Data.CreateEnumerable<Prediction>(predicted, reuseRowObject: false).Zip(test).Average(pair => pair.First.PredictedLabel == pair.Second.Class ? 1.0 : 0.0);
    }

    /// <summary>Among ten test images, one of each class, and their captions; over all tens that the test part makes.</summary>
    private static (int K, double Captions, double Images, double Chance)[] Recalls(
        MLContext mlContext, ImageTextTransformer model, IDataView testData, CaptionedPhoto[] test, int classes)
    {
        using var scope = NewDisposeScope();
        var places = mlContext.ImageEmbedding.FeaturizeImagesAndTexts(new ImageTextFeaturizingOptions { Model = model }).Fit(testData).Transform(testData);
        // Photos stand class by class: the first of each class, then the second of each.
        var ordered = mlContext.Data.CreateEnumerable<Place>(places, reuseRowObject: false).Index().OrderBy(row => row.Index % (test.Length / classes)).Select(row => row.Item);
        var own = eye(classes, dtype: ScalarType.Bool);
        var scores = ordered.Chunk(classes).Select(ten => Matrix(ten, place => place.ImageFeatures).matmul(Matrix(ten, place => place.TextFeatures).t())).ToArray();
        return [.. new[] { 1, 5 }.Select(k => (
            k,
            scores.Average(ten => Retrieval.Recall(ten, own, k)),
            scores.Average(ten => Retrieval.Recall(ten.t(), own, k)),
            Retrieval.Chance(own, k)))];
    }

    private static Tensor Matrix(Place[] places, Func<Place, float[]> vector) => tensor([.. places.SelectMany(vector)], [places.Length, vector(places[0]).Length]);

    private static CaptionedPhoto[] Photos(string folder, string part, string[] classes) =>
    [
        .. classes.SelectMany(name => Directory.GetFiles(Path.Combine(folder, part, name)).Order(StringComparer.Ordinal).Select((path, number) => new CaptionedPhoto
        {
            Image = path,
            Class = name,
            Text = Templates[number % Templates.Length].Replace("{}", name, StringComparison.Ordinal),
        })),
    ];

    private sealed class CaptionedPhoto
    {
        public string Image { get; set; } = "";

        public string Text { get; set; } = "";

        public string Class { get; set; } = "";
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";
    }

    private sealed class Place
    {
        public float[] ImageFeatures { get; set; } = [];

        public float[] TextFeatures { get; set; } = [];
    }
}
