namespace Microsoft.ML.Data;

/// <summary>Vectors, each in arrays of its own.</summary>
internal sealed class VectorCache<T>(ValueGetter<VBuffer<T>> source) : ColumnCache<VBuffer<T>>
{
    private readonly List<VBuffer<T>> _values = [];
    private VBuffer<T> _buffer;

    public override void Append()
    {
        source(ref _buffer);
        VBuffer<T> copy = default;
        _buffer.CopyTo(ref copy);
        _values.Add(copy);
    }

    public override void Get(int row, ref VBuffer<T> value) => _values[row].CopyTo(ref value);
}
