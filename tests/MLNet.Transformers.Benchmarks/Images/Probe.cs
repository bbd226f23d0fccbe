using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks.Images;

/// <summary>How well ML.NET's logistic regression tells classes by features that stay as they are: normalised columns, and the trainer's own defaults.</summary>
internal static class Probe
{
    /// <summary>Share of right answers on the test rows.</summary>
    public static double Accuracy(IReadOnlyList<Row> training, IReadOnlyList<Row> test)
    {
        var mlContext = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, training[0].Features.Length);
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey(nameof(Row.Label))
            .Append(mlContext.Transforms.NormalizeMeanVariance(nameof(Row.Features)))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var model = pipeline.Fit(mlContext.Data.LoadFromEnumerable(training, schema));
        return mlContext.MulticlassClassification.Evaluate(model.Transform(mlContext.Data.LoadFromEnumerable(test, schema))).MicroAccuracy;
    }

    /// <summary>The first rows of each class, as many of all as a share says.</summary>
    public static IReadOnlyList<Row> Share(IReadOnlyList<Row> rows, double share) =>
        [.. rows.GroupBy(row => row.Label).SelectMany(same => same.Take((int)Math.Ceiling(same.Count() * share)))];

    /// <summary>Pixels from 0 to 1.</summary>
    public static IReadOnlyList<Row> Pixels(IReadOnlyList<LabeledImage> images) =>
        [.. images.Select(image => new Row { Label = image.Label, Features = [.. image.Image().Pixels.Select(pixel => pixel / 255f)] })];

    /// <summary>What a backbone makes of the images, pooled.</summary>
    public static IReadOnlyList<Row> Features(ImageBackbone backbone, ImagePooling pooling, ImageProcessor processor, IReadOnlyList<LabeledImage> images)
    {
        backbone.eval();
        using var pooler = new ImagePooler(pooling, backbone.PrefixTokens);
        var rows = new List<Row>();
        foreach (var chunk in images.Chunk(500))
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var pooled = pooler.call(backbone.call(processor.Batch([.. chunk.Select(image => image.Image)])));
            rows.AddRange(pooled.data<float>().ToArray().Chunk((int)pooled.size(1)).Zip(chunk, (features, image) => new Row { Label = image.Label, Features = features }));
        }
        return rows;
    }

    public sealed class Row
    {
        public int Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
