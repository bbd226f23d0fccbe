namespace MLNet.Transformers.Pipeline;

/// <summary>What a column holds, as far as a promise (<see cref="SchemaShape"/>) and a real schema can both tell.</summary>
internal readonly record struct ColumnShape(SchemaShape.Column.VectorKind Kind, Type ItemType, bool IsKey)
{
    public static ColumnShape Text { get; } = new(SchemaShape.Column.VectorKind.Scalar, typeof(ReadOnlyMemory<char>), false);

    public static ColumnShape Key { get; } = new(SchemaShape.Column.VectorKind.Scalar, typeof(uint), true);

    public static ColumnShape Single { get; } = new(SchemaShape.Column.VectorKind.Scalar, typeof(float), false);

    public static ColumnShape SingleVector { get; } = new(SchemaShape.Column.VectorKind.Vector, typeof(float), false);

    public static ColumnShape KeyVector { get; } = new(SchemaShape.Column.VectorKind.Vector, typeof(uint), true);

    public static ColumnShape Int32 { get; } = new(SchemaShape.Column.VectorKind.Scalar, typeof(int), false);

    public static ColumnShape TextVector { get; } = Text with { Kind = SchemaShape.Column.VectorKind.Vector };

    public static ColumnShape Int32Vector { get; } = Int32 with { Kind = SchemaShape.Column.VectorKind.Vector };

    public static ColumnShape Int64Vector { get; } = new(SchemaShape.Column.VectorKind.Vector, typeof(long), false);

    public static ColumnShape Image { get; } = new(SchemaShape.Column.VectorKind.Scalar, typeof(MLImage), false);

    public static ColumnShape ByteVector { get; } = new(SchemaShape.Column.VectorKind.Vector, typeof(byte), false);

    public static ColumnShape Of(SchemaShape.Column column) => new(column.Kind, column.ItemType.RawType, column.IsKey);

    public static ColumnShape Of(DataViewType type)
    {
        var item = type is VectorDataViewType vector ? vector.ItemType : type;
        var kind = type switch
        {
            VectorDataViewType { IsKnownSize: true } => SchemaShape.Column.VectorKind.Vector,
            VectorDataViewType => SchemaShape.Column.VectorKind.VariableVector,
            _ => SchemaShape.Column.VectorKind.Scalar,
        };
        return new(kind, item.RawType, item is KeyDataViewType);
    }

    public override string ToString()
    {
        var item = ItemType == typeof(ReadOnlyMemory<char>) ? "String" : ItemType == typeof(MLImage) ? "Image" : ItemType.Name;
        item = IsKey ? $"Key<{item}>" : item;
        return Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => item,
            SchemaShape.Column.VectorKind.Vector => $"Vector<{item}>",
            _ => $"VarVector<{item}>",
        };
    }
}
