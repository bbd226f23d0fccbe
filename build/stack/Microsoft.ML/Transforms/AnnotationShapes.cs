namespace Microsoft.ML.Transforms;

/// <summary>The shapes of annotations that stages promise.</summary>
internal static class AnnotationShapes
{
    /// <summary>Text names of slots.</summary>
    public static SchemaShape SlotNames { get; } = new([Names(AnnotationKinds.SlotNames)]);

    /// <summary>Text values of keys.</summary>
    public static SchemaShape TextKeyValues { get; } = new([Names(AnnotationKinds.KeyValues)]);

    /// <summary>Whether the column promises text values of its keys.</summary>
    public static bool HasTextKeyValues(this SchemaShape.Column column) =>
        column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values)
        && values is { Kind: SchemaShape.Column.VectorKind.Vector, ItemType: TextDataViewType };

    public static SchemaShape.Column Names(string kind) =>
        new(kind, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false);
}
