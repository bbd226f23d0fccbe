using MLNet.Transformers.Evaluation;

namespace MLNet.Transformers;

/// <summary>How well predicted entities match the true ones.</summary>
public sealed record TokenClassificationMetrics
{
    private TokenClassificationMetrics(IReadOnlyDictionary<string, PrecisionRecall> byType, PrecisionRecall micro, double accuracy)
    {
        ByType = byType;
        Micro = micro;
        Macro = PrecisionRecall.Macro([.. byType.Values]);
        Weighted = PrecisionRecall.Weighted([.. byType.Values]);
        Accuracy = accuracy;
    }

    /// <summary>The entities of each type, by themselves; the types in alphabetical order.</summary>
    public IReadOnlyDictionary<string, PrecisionRecall> ByType { get; }

    /// <summary>All entities together: what papers print as F1.</summary>
    public PrecisionRecall Micro { get; }

    /// <summary>The mean over the types.</summary>
    public PrecisionRecall Macro { get; }

    /// <summary>The mean over the types, each counted as often as it has true entities.</summary>
    public PrecisionRecall Weighted { get; }

    /// <summary>Share of the words whose tag is right.</summary>
    public double Accuracy { get; }

    internal static TokenClassificationMetrics Of(IDataView data, string labelColumn, string predictedColumn, TaggingScheme scheme)
    {
        var counts = new SortedDictionary<string, (long Right, long Predicted, long Actual)>(StringComparer.Ordinal);
        void Count(IEnumerable<EntitySpan> entities, long right, long predicted, long actual)
        {
            foreach (var entity in entities)
            {
                var count = counts.GetValueOrDefault(entity.Type);
                counts[entity.Type] = (count.Right + right, count.Predicted + predicted, count.Actual + actual);
            }
        }

        var (words, rightWords) = (0L, 0L);
        foreach (var (row, labels, predictions) in LabelColumns.ReadVectors(data, labelColumn, predictedColumn))
        {
            if (labels.Length != predictions.Length)
                throw new ArgumentException($"Row {row} has {labels.Length} tags in '{labelColumn}' and {predictions.Length} in '{predictedColumn}'.");
            words += labels.Length;
            rightWords += labels.Zip(predictions).Count(pair => pair.First == pair.Second);
            var (actual, predicted) = (EntitySpan.Read(labels, scheme), EntitySpan.Read(predictions, scheme));
            Count(actual, 0, 0, 1);
            Count(predicted, 0, 1, 0);
            Count(actual.Intersect(predicted), 1, 0, 0);
        }
        return new TokenClassificationMetrics(
            counts.ToDictionary(type => type.Key, type => PrecisionRecall.Of(type.Value.Right, type.Value.Predicted, type.Value.Actual)),
            PrecisionRecall.Of(counts.Values.Sum(type => type.Right), counts.Values.Sum(type => type.Predicted), counts.Values.Sum(type => type.Actual)),
            words == 0 ? 0 : (double)rightWords / words);
    }
}
