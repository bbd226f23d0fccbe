using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers;
using Spectre.Console;

namespace PackageSections;

/// <summary>A transformer and ML.NET's n-grams, trained on the same packages and measured on the same others.</summary>
public static class Training
{
    public static void Run(string modelPath)
    {
        var mlContext = new MLContext(seed: 1);
        var packages = mlContext.Data.LoadFromTextFile<Package>(Path.Combine(AppContext.BaseDirectory, "debian-packages.tsv"), hasHeader: true);
        var train = mlContext.Data.FilterByCustomPredicate<Package>(packages, package => package.Split != "train");
        var test = mlContext.Data.FilterByCustomPredicate<Package>(packages, package => package.Split != "test");

        Heading("Transformer");
        var (transformer, transformerTime) = Timed(() => TrainingProgressView.Show(progress =>
            mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Package.Section))
                .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification(new TextClassificationOptions
                {
                    TextColumnName = nameof(Package.Summary),
                    TextPairColumnName = nameof(Package.Description),
                    Epochs = 3,
                    Progress = progress,
                }))
                .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
                .Fit(train)));
        var metrics = mlContext.MulticlassClassification.Evaluate(transformer.Transform(test));
        ShowConfusion(metrics.ConfusionMatrix, Path.ChangeExtension(modelPath, ".confusion.txt"));

        mlContext.Model.Save(transformer, train.Schema, modelPath);
        AnsiConsole.MarkupLineInterpolated($"Saved to [bold]{modelPath}[/] ({new FileInfo(modelPath).Length / 1e6:0.0} MB).");

        Heading("ML.NET's FeaturizeText + LbfgsMaximumEntropy");
        AnsiConsole.MarkupLine("Words and three-letter grams of the same texts, all threads; takes a minute or two, and says nothing meanwhile ...");
        var (ngrams, ngramsTime) = Timed(() =>
            mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Package.Section))
                .Append(mlContext.Transforms.Text.FeaturizeText("SummaryFeatures", nameof(Package.Summary)))
                .Append(mlContext.Transforms.Text.FeaturizeText("DescriptionFeatures", nameof(Package.Description)))
                .Append(mlContext.Transforms.Concatenate("Features", "SummaryFeatures", "DescriptionFeatures"))
                .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
                .Fit(train));
        var ngramMetrics = mlContext.MulticlassClassification.Evaluate(ngrams.Transform(test));

        Heading("On the packages that neither has seen");
        AnsiConsole.Write(new Table().RoundedBorder().AddColumns("", "micro-accuracy", "macro-accuracy", "log-loss", "trained in")
            .AddRow(Row("transformer", metrics, transformerTime))
            .AddRow(Row("n-grams, maximum entropy", ngramMetrics, ngramsTime)));
        AnsiConsole.MarkupLine("File a package of your own: [bold]dotnet run -c Release --project samples/PackageSections -- classify[/]");
    }

    /// <summary>The confusion table where it fits on a line, otherwise its greatest entries and a file with all of it.</summary>
    private static void ShowConfusion(ConfusionMatrix confusion, string path)
    {
        var table = confusion.GetFormattedConfusionTable();
        if (Console.IsOutputRedirected || table.Split('\n').Max(line => line.Length) < AnsiConsole.Profile.Width)
        {
            Console.WriteLine(table);
            return;
        }
        File.WriteAllText(path, table);
        Console.WriteLine($"The confusion table is wider than this terminal: see {path}.");
    }

    private static string[] Row(string name, MulticlassClassificationMetrics metrics, TimeSpan time) =>
        [name, Text($"{metrics.MicroAccuracy:0.000}"), Text($"{metrics.MacroAccuracy:0.000}"), Text($"{metrics.LogLoss:0.000}"), Text($"{time.TotalSeconds:0} s")];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Heading(string text) => AnsiConsole.Write(new Rule(text).LeftJustified());

    private static (T Result, TimeSpan Time) Timed<T>(Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        return (work(), watch.Elapsed);
    }
}
