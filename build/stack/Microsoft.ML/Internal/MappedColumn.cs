namespace Microsoft.ML.Internal;

/// <summary>
/// A column that a transformer adds: what it is, which input columns it reads, and what makes its getter for a row.
/// </summary>
internal sealed class MappedColumn
{
    private MappedColumn(
        string name,
        DataViewType type,
        DataViewSchema.Annotations annotations,
        DataViewSchema.Column[] dependencies,
        Func<MappedRow, Delegate> makeGetter)
    {
        Column = new(name, type, annotations);
        Dependencies = dependencies;
        MakeGetter = makeGetter;
    }

    public DataViewSchema.DetachedColumn Column { get; }

    public IReadOnlyList<DataViewSchema.Column> Dependencies { get; }

    public Func<MappedRow, Delegate> MakeGetter { get; }

    /// <summary>A column whose values have the raw type <typeparamref name="TValue"/>.</summary>
    public static MappedColumn Create<TValue>(
        string name,
        DataViewType type,
        DataViewSchema.Annotations annotations,
        DataViewSchema.Column[] dependencies,
        Func<MappedRow, ValueGetter<TValue>> makeGetter)
    {
        Contracts.Check(type.RawType == typeof(TValue), $"Column '{name}' has values of {type.RawType}, but getters of {typeof(TValue)}.");
        return new(name, type, annotations, dependencies, makeGetter);
    }

    /// <summary>A column whose raw type is known only when it runs; the getter must be a <see cref="ValueGetter{TValue}"/> of it.</summary>
    public static MappedColumn Create(
        string name,
        DataViewType type,
        DataViewSchema.Annotations annotations,
        DataViewSchema.Column[] dependencies,
        Func<MappedRow, Delegate> makeGetter) => new(name, type, annotations, dependencies, makeGetter);

    /// <summary>A column with the values of another.</summary>
    public static MappedColumn Copy(string name, DataViewSchema.Column source) =>
        new(name, source.Type, source.Annotations, [source], row => row.GetterOf(source));
}
