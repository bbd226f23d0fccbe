using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers;

var mlContext = new MLContext(seed: 1);
var packages = mlContext.Data.LoadFromTextFile<Package>("samples/data/debian-packages.tsv", hasHeader: true);
var split = mlContext.Data.TrainTestSplit(packages, testFraction: 0.2);
var model = mlContext.Transforms.Conversion.MapValueToKey("Section")
    .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification("Section", "Summary"))
    .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
    .Fit(split.TrainSet);
var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet), "Section");
mlContext.Model.Save(model, packages.Schema, "sections.zip");
using var engine = mlContext.Model.CreatePredictionEngine<Package, Filing>(model);
Console.WriteLine($"editor for musical scores: {engine.Predict(new Package { Summary = "editor for musical scores" }).PredictedLabel}");
Console.WriteLine($"{metrics.MicroAccuracy:P1} of the packages that it has not seen are filed rightly.");

internal sealed class Package
{
    [LoadColumn(1)] public string Section { get; set; } = "";
    [LoadColumn(2)] public string Summary { get; set; } = "";
}

internal sealed class Filing
{
    public string PredictedLabel { get; set; } = "";
}
