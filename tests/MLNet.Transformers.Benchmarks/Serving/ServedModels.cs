using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>Model files of a small classifier of texts, trained for a moment only, since a model takes as long whatever it says.</summary>
internal static class ServedModels
{
    /// <summary>Writes a model for each of the paths, every one another.</summary>
    public static void Write(params string[] paths)
    {
        foreach (var (i, path) in paths.Index())
            Write(path, seed: i + 1);
    }

    private static void Write(string path, int seed)
    {
        var mlContext = new MLContext(seed);
        var rows = mlContext.Data.TakeRows(mlContext.Data.LoadFromTextFile<Package>(PackageTexts.Find(), hasHeader: true), 1000);
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Package.Section))
            .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
                new TextClassificationOptions { TextColumnName = nameof(Package.Summary), Epochs = 1, Seed = seed }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        mlContext.Model.Save(model, rows.Schema, path);
    }
}
