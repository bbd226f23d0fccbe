namespace Microsoft.ML.Transforms;

/// <summary>Holds the values of one column for several rows.</summary>
internal abstract class RowBuffer
{
    public static RowBuffer Create(DataViewRow row, DataViewSchema.Column column, int size) =>
        Generic.Invoke<RowBuffer>(CreateOf<int>, column.Type.RawType, row, column, size);

    /// <summary>Takes the value of the current row.</summary>
    public abstract void Fill(int place);

    private static RowBuffer<T> CreateOf<T>(DataViewRow row, DataViewSchema.Column column, int size) =>
        new(row.GetGetter<T>(column), size);
}

/// <summary>Holds the values of one column for several rows.</summary>
internal sealed class RowBuffer<T>(ValueGetter<T> get, int size) : RowBuffer
{
    private readonly T[] _values = new T[size];
    private readonly ValueCopier<T> _copy = ValueCopiers.Of<T>();

    public override void Fill(int place) => get(ref _values[place]);

    public void Copy(int place, ref T value) => _copy(in _values[place], ref value);
}
