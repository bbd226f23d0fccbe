using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using Spectre.Console;

namespace FashionClassifier;

/// <summary>A vision transformer and ML.NET's maximum entropy on raw pixels, trained on the same images and measured on the same others.</summary>
public static class Training
{
    private const string AttentionPath = "attention.html";

    public static void Run(Settings settings, string modelPath)
    {
        var mlContext = new MLContext(seed: 1);
        var images = FashionMnist.Find();
        var train = mlContext.Data.LoadFromEnumerable(images.Training(settings.TrainingImages));
        var test = mlContext.Data.LoadFromEnumerable(images.Test(settings.TestImages));
        var labels = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(FashionImage.Class));
        var table = new Table().RoundedBorder().AddColumns("", "micro-accuracy", "log-loss", "trained in");

        Heading("Vision transformer, from scratch");
        var (classifier, time) = Timed(() => TrainingProgressView.Show(progress => labels
            .Append(mlContext.MulticlassClassification.Trainers.TransformerImageClassification(new ImageClassificationOptions
            {
                Model = settings.Model,
                Augmentations = [new RandomCrop(FashionFiles.Side, FashionFiles.Side) { Padding = 1 }, new HorizontalFlip()],
                LabelSmoothing = 0.05,
                BatchSize = 128,
                LearningRate = 2e-3,
                EmaDecay = 0.998,
                Epochs = settings.Epochs,
                Progress = progress,
            }))
            .Fit(train)));
        table.AddRow(Row("vision transformer", mlContext.MulticlassClassification.Evaluate(classifier.Transform(test)), time));
        var answering = classifier.Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(classifier.Transform(test)));
        mlContext.Model.Save(answering, train.Schema, modelPath);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Saved to [bold]{modelPath}[/] ({new FileInfo(modelPath).Length / 1e6:0.0} MB).");

        var attention = mlContext.Transforms.ExtractAttention("Attention", nameof(FashionImage.Image), classifier.LastTransformer).Fit(test);
        attention.MapOf(images.Test(1).First().Image!).WithTitle("What the classifier looks at").SaveHtml(AttentionPath);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"What it looks at in the first image of the test set: [bold]{AttentionPath}[/], for a browser.");

        Heading("ML.NET's LbfgsMaximumEntropy, on what that transformer makes of the images (it says nothing for a while)");
        Add("its features, maximum entropy", labels
            .Append(mlContext.Transforms.FeaturizeImageWithTransformer("Features", nameof(FashionImage.Image), classifier.LastTransformer, ImageFeatures.ClassAndMean)));

        Heading("ML.NET's LbfgsMaximumEntropy, on raw pixels (some minutes of silence)");
        Add("raw pixels, maximum entropy", labels
            .Append(mlContext.Transforms.ExtractPixels("Features", nameof(FashionImage.Image), ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1 / 255f)));

        Heading("On the images that none of them has seen");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("Classify a few: [bold]dotnet run -c Release --project samples/FashionClassifier -- classify[/]");

        void Add<T>(string name, EstimatorChain<T> features)
            where T : class, ITransformer
        {
            var (model, seconds) = Timed(() => features
                .AppendCacheCheckpoint(mlContext)
                .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
                .Fit(train));
            table.AddRow(Row(name, mlContext.MulticlassClassification.Evaluate(model.Transform(test)), seconds));
        }
    }

    private static string[] Row(string name, MulticlassClassificationMetrics metrics, TimeSpan time) =>
        [name, Text($"{metrics.MicroAccuracy:0.000}"), Text($"{metrics.LogLoss:0.000}"), Text($"{time.TotalSeconds:0} s")];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Heading(string text) => AnsiConsole.Write(new Rule(text).LeftJustified());

    private static (T Result, TimeSpan Time) Timed<T>(Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        return (work(), watch.Elapsed);
    }
}
