namespace Microsoft.ML.Data;

/// <summary>Values that are copied by assignment.</summary>
internal sealed class ValueCache<T>(ValueGetter<T> source) : ColumnCache<T>
{
    private readonly List<T> _values = [];

    public override void Append()
    {
        T value = default;
        source(ref value);
        _values.Add(value);
    }

    public override void Get(int row, ref T value) => value = _values[row];
}
