namespace Microsoft.ML.Transforms;

/// <summary>Comparing and testing values of the primitive types.</summary>
internal static class PrimitiveValues
{
    public static IEqualityComparer<T> Comparer<T>() =>
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)TextComparer.Ordinal : EqualityComparer<T>.Default;

    public static IComparer<T> Order<T>() =>
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IComparer<T>)(object)TextComparer.Ordinal : System.Collections.Generic.Comparer<T>.Default;

    /// <summary>Whether a real column or one of keys can hold a missing value; other types hold values only.</summary>
    public static bool CanMiss(DataViewType type) =>
        type is KeyDataViewType || type == NumberDataViewType.Single || type == NumberDataViewType.Double;

    /// <summary>Whether a value stands for a missing one: empty text, NaN, the key 0; other types have none.</summary>
    public static Func<T, bool> MissingTest<T>(PrimitiveDataViewType type)
    {
        if (type is KeyDataViewType)
            return value => EqualityComparer<T>.Default.Equals(value, default);
        return type.RawType == typeof(ReadOnlyMemory<char>) ? (Func<T, bool>)(object)(Func<ReadOnlyMemory<char>, bool>)(text => text.IsEmpty)
            : NaNTest<T>() ?? (_ => false);
    }

    /// <summary>Whether a real number is NaN; null for other types.</summary>
    public static Func<T, bool> NaNTest<T>() =>
        typeof(T) == typeof(float) ? (Func<T, bool>)(object)(Func<float, bool>)float.IsNaN
        : typeof(T) == typeof(double) ? (Func<T, bool>)(object)(Func<double, bool>)double.IsNaN
        : null;

    /// <summary>NaN for real numbers, the default value for other types.</summary>
    public static T Missing<T>() =>
        typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public static TextComparer Ordinal { get; } = new();

        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);
        public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);
        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.CompareTo(y.Span, StringComparison.Ordinal);
    }
}
