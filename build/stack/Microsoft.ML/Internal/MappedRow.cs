namespace Microsoft.ML.Internal;

/// <summary>
/// The input row (or cursor) of one mapping, and what its getters share. Each cursor has one of its own, so that getters
/// may keep their scratch buffers in their closures.
/// </summary>
internal sealed class MappedRow(DataViewRow input, Func<string, bool> isActive) : IDisposable
{
    private readonly Dictionary<Type, object> _shared = [];

    public DataViewRow Input { get; } = input;

    /// <summary>Whether the output column of a name was asked for.</summary>
    public bool IsActive(string outputColumn) => isActive(outputColumn);

    /// <summary>The one <typeparamref name="T"/> of this row, which is made when it is first asked for and disposed with the row.</summary>
    public T Shared<T>(Func<MappedRow, T> create)
        where T : class
    {
        if (!_shared.TryGetValue(typeof(T), out var found))
            _shared[typeof(T)] = found = create(this);
        return (T)found;
    }

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Input.GetGetter<TValue>(column);

    public Delegate GetterOf(DataViewSchema.Column column) => Input.GetterOf(column);

    public void Dispose()
    {
        foreach (var shared in _shared.Values.OfType<IDisposable>())
            shared.Dispose();
    }
}
