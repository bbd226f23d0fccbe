using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Counts how scores by class fit labels, which are keys or numbers from 0.</summary>
internal sealed class MulticlassEvaluator(IHostEnvironment env)
{
    public MulticlassClassificationMetrics Evaluate(
        IDataView data, string labelColumn, string scoreColumn, string predictedLabelColumn, int topKPredictionCount)
    {
        var label = data.Schema.InRole(labelColumn, "Label");
        var score = data.Schema.InRole(scoreColumn, "Score");
        data.Schema.InRole(predictedLabelColumn, "PredictedLabel");
        if (score.Type is not VectorDataViewType { Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw env.ExceptSchemaMismatch(
                "schema", "score", score.Name, "vector of two or more items of type Single", score.Type.ToString());
        }

        if (label.Type != NumberDataViewType.Single && label.Type.GetKeyCount() == 0)
            throw env.ExceptSchemaMismatch("schema", "label", label.Name, "Single or Key", label.Type.ToString());
        var counts = Count(data, label, score, vector.Size);
        return new(counts, ClassNames(score, vector.Size), Math.Max(topKPredictionCount, 0));
    }

    private static MulticlassCounts Count(IDataView data, DataViewSchema.Column label, DataViewSchema.Column score, int classes)
    {
        var counts = new MulticlassCounts(classes);
        using var cursor = data.GetRowCursor([label, score]);
        var getLabel = LabelGetter.Create(cursor, label);
        var getScores = cursor.GetGetter<VBuffer<float>>(score);
        float labelValue = 0;
        VBuffer<float> scores = default;
        var dense = new float[classes];
        while (cursor.MoveNext())
        {
            getLabel(ref labelValue);
            getScores(ref scores);
            Contracts.Check(scores.Length == classes);
            scores.CopyTo(dense);
            counts.Add(dense, labelValue);
        }

        return counts;
    }

    private static string[] ClassNames(DataViewSchema.Column score, int classes)
    {
        if (score.Annotations.Schema.GetColumnOrNull(AnnotationKinds.SlotNames)?.Type
            is not VectorDataViewType { IsKnownSize: true, ItemType: TextDataViewType })
        {
            return [.. Enumerable.Range(0, classes).Select(c => c.ToString())];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        score.Annotations.GetValue(AnnotationKinds.SlotNames, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
