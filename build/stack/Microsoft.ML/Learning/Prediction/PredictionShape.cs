namespace Microsoft.ML.Data;

/// <summary>The annotations that trainers promise for the columns of their predictions.</summary>
internal static class PredictionShape
{
    public static IReadOnlyList<SchemaShape.Column> ScoreAnnotations { get; } =
    [
        new(AnnotationKinds.ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true),
        new(AnnotationKinds.ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false),
        new(AnnotationKinds.ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false),
    ];

    public static SchemaShape.Column IsNormalized { get; } =
        new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);

    /// <summary>The annotations of a score by class, given those of the label's key values.</summary>
    public static IEnumerable<SchemaShape.Column> LabelNames(IEnumerable<SchemaShape.Column> keyValues)
    {
        foreach (var values in keyValues.Where(values => values.Kind == SchemaShape.Column.VectorKind.Vector))
        {
            if (values.ItemType is TextDataViewType)
                yield return values.As(AnnotationKinds.SlotNames);
            yield return values.As(AnnotationKinds.TrainingLabelValues);
        }
    }
}
