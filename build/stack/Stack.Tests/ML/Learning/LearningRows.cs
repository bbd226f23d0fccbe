using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>Rows that can be told apart with some errors.</summary>
internal static class LearningRows
{
    /// <summary>Three classes over six features, a third of the values zero.</summary>
    public static MulticlassRow[] MulticlassRows(int count = 200)
    {
        var random = new PlainRandom(5);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var label = (int)(random.Next() * 3);
            var features = Features(random, 6);
            features[label] += 0.8f;
            features[label + 2] += 0.3f;
            return new MulticlassRow { Label = $"class{label}", Features = features, Weight = 1 + i % 3 };
        })];
    }

    /// <summary>The same with keys for labels.</summary>
    public static IDataView Multiclass(MLContext context, int count = 200)
    {
        var rows = context.Data.LoadFromEnumerable(MulticlassRows(count));
        return context.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }

    /// <summary>Two classes over five features, a third of the values zero.</summary>
    public static IDataView Binary(MLContext context)
    {
        var random = new PlainRandom(9);
        return context.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i =>
        {
            var label = random.Next() < 0.45f;
            var features = Features(random, 5);
            features[label ? 0 : 2] += 0.6f;
            return new BinaryRow { Label = label, Features = features, Weight = 1 + i % 3 };
        }).ToArray());
    }

    private static float[] Features(PlainRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next() < 0.3f ? 0 : random.Next() - 0.5f)];

    public sealed class MulticlassRow
    {
        public string Label { get; set; } = "";

        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }

    public sealed class BinaryRow
    {
        public bool Label { get; set; }

        [VectorType(5)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }
}
