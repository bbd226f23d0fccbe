namespace Microsoft.ML.Data;

/// <summary>The annotations that tell the columns of one prediction from those of others.</summary>
internal sealed class PredictionAnnotations(string columnKind, DataViewSchema inputSchema)
{
    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);
    private readonly uint _setId = inputSchema.Select(SetIdOf).DefaultIfEmpty().Max() + 1;

    public DataViewSchema.Annotations ForPredictedLabel(LabelValues keyValues = null)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddText(AnnotationKinds.ScoreColumnKind, columnKind);
        builder.AddText(AnnotationKinds.ScoreValueKind, DefaultColumnNames.PredictedLabel);
        keyValues?.AddTo(builder, AnnotationKinds.KeyValues);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, SetIdType, _setId);
        return builder.ToAnnotations();
    }

    public DataViewSchema.Annotations ForScore(LabelValues slots = null)
    {
        var builder = Begin();
        builder.AddText(AnnotationKinds.ScoreValueKind, DefaultColumnNames.Score);
        slots?.AddTo(builder, AnnotationKinds.TrainingLabelValues);
        if (slots is { AreText: true })
            slots.AddTo(builder, AnnotationKinds.SlotNames);
        return builder.ToAnnotations();
    }

    public DataViewSchema.Annotations ForProbability()
    {
        var builder = Begin();
        builder.AddFlag(AnnotationKinds.IsNormalized);
        builder.AddText(AnnotationKinds.ScoreValueKind, DefaultColumnNames.Probability);
        return builder.ToAnnotations();
    }

    private DataViewSchema.Annotations.Builder Begin()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddText(AnnotationKinds.ScoreColumnKind, columnKind);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, SetIdType, _setId);
        return builder;
    }

    private static uint SetIdOf(DataViewSchema.Column column)
    {
        uint id = 0;
        var type = column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId)?.Type;
        if (type is KeyDataViewType && type.RawType == typeof(uint))
            column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
        return id;
    }
}
