namespace Microsoft.ML.Internal;

/// <summary>Adding the annotations that stages agree on.</summary>
internal static class AnnotationBuilderExtensions
{
    public static void AddSlotNames(
        this DataViewSchema.Annotations.Builder builder, int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) =>
        builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), getter);

    public static void AddKeyValues<TValue>(
        this DataViewSchema.Annotations.Builder builder, int size, PrimitiveDataViewType valueType, ValueGetter<VBuffer<TValue>> getter) =>
        builder.Add(AnnotationKinds.KeyValues, new VectorDataViewType(valueType, size), getter);

    public static void AddText(this DataViewSchema.Annotations.Builder builder, string kind, string text) =>
        builder.AddPrimitiveValue(kind, TextDataViewType.Instance, text.AsMemory());

    public static void AddFlag(this DataViewSchema.Annotations.Builder builder, string kind) =>
        builder.AddPrimitiveValue(kind, BooleanDataViewType.Instance, true);
}
