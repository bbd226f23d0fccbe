namespace Microsoft.ML.Data;

/// <summary>The values of one column.</summary>
internal abstract class ColumnCache
{
    /// <summary>An empty cache that is filled from a cursor.</summary>
    public static ColumnCache Create(DataViewRowCursor cursor, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType vector
            ? Generic.Invoke<ColumnCache>((Maker)Vectors<int>, vector.ItemType.RawType, cursor, column)
            : Generic.Invoke<ColumnCache>((Maker)Values<int>, column.Type.RawType, cursor, column);

    /// <summary>Keeps the value of the cursor's row.</summary>
    public abstract void Append();

    private static ValueCache<T> Values<T>(DataViewRowCursor cursor, DataViewSchema.Column column) => new(cursor.GetGetter<T>(column));

    private static VectorCache<T> Vectors<T>(DataViewRowCursor cursor, DataViewSchema.Column column) => new(cursor.GetGetter<VBuffer<T>>(column));

    private delegate ColumnCache Maker(DataViewRowCursor cursor, DataViewSchema.Column column);
}

/// <summary>The values of one column, of a known raw type.</summary>
internal abstract class ColumnCache<T> : ColumnCache
{
    public abstract void Get(int row, ref T value);
}
