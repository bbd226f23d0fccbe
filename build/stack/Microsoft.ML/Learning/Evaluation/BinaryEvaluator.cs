using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Counts how scores fit labels of two classes.</summary>
internal sealed class BinaryEvaluator(IHostEnvironment env)
{
    /// <param name="data">The scored rows.</param>
    /// <param name="labelColumn">The name of the label column.</param>
    /// <param name="scoreColumn">The name of the score column.</param>
    /// <param name="probabilityColumn">The name of the probability column, or null where there is none.</param>
    /// <param name="predictedLabelColumn">The name of the column of predicted labels, which must be there.</param>
    /// <param name="classNames">What the two classes are called.</param>
    public BinaryCounts Count(
        IDataView data, string labelColumn, string scoreColumn, string probabilityColumn, string predictedLabelColumn, out string[] classNames)
    {
        var label = data.Schema.InRole(labelColumn, "Label");
        var score = data.Schema.InRole(scoreColumn, "Score");
        var probability = probabilityColumn is null ? default(DataViewSchema.Column?) : data.Schema.InRole(probabilityColumn, "Probability");
        data.Schema.InRole(predictedLabelColumn, "PredictedLabel");
        CheckSingle(score, "score");
        if (!IsBinaryLabel(label.Type))
        {
            throw env.ExceptSchemaMismatch("schema", "label", label.Name,
                "Single, Double, Boolean, or a Key with cardinality 2", label.Type.ToString());
        }

        if (probability is not null)
            CheckSingle(probability.Value, "probability");
        classNames = ClassNames(label);
        return Count(data, label, score, probability);
    }

    private static BinaryCounts Count(
        IDataView data, DataViewSchema.Column label, DataViewSchema.Column score, DataViewSchema.Column? probability)
    {
        var counts = new BinaryCounts();
        using var cursor = data.GetRowCursor(probability is { } column ? [label, score, column] : [label, score]);
        var getLabel = LabelGetter.Create(cursor, label);
        var getScore = cursor.GetGetter<float>(score);
        var getProbability = probability is null ? null : cursor.GetGetter<float>(probability.Value);
        float labelValue = 0, scoreValue = 0, probabilityValue = float.NaN;
        while (cursor.MoveNext())
        {
            getLabel(ref labelValue);
            getScore(ref scoreValue);
            getProbability?.Invoke(ref probabilityValue);
            counts.Add(labelValue, scoreValue, probabilityValue);
        }

        return counts;
    }

    private static bool IsBinaryLabel(DataViewType type) =>
        type == NumberDataViewType.Single || type == NumberDataViewType.Double || type is BooleanDataViewType or KeyDataViewType { Count: 2 };

    private static string[] ClassNames(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType
            || label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type
                is not VectorDataViewType { IsKnownSize: true, ItemType: TextDataViewType })
        {
            return ["positive", "negative"];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private void CheckSingle(DataViewSchema.Column column, string role)
    {
        if (column.Type != NumberDataViewType.Single)
            throw env.ExceptSchemaMismatch("schema", role, column.Name, "Single", column.Type.ToString());
    }
}
