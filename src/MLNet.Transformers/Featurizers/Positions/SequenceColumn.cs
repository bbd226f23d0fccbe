using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>A column of sequences: a vector of (length × size) numbers, the length known or not.</summary>
internal static class SequenceColumn
{
    /// <summary>The output column; a length of null differs from row to row.</summary>
    public static OutputColumn Output(string name, int? length, int size) =>
        new(name, new VectorDataViewType(NumberDataViewType.Single, length ?? 0, size), DataViewSchema.Annotations.Empty);

    /// <summary>The number of items in a column of a known size; null for another.</summary>
    public static int? LengthOf(DataViewSchema.Column column) => column.Type is VectorDataViewType { IsKnownSize: true } vector ? vector.Size : null;

    /// <summary>Stands for a length before the data are known.</summary>
    public static int? PromisedLength(SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Vector ? 1 : null;
}
