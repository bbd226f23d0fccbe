namespace Microsoft.ML.Transforms;

/// <summary>Copies a value, arrays and all.</summary>
internal delegate void ValueCopier<T>(in T source, ref T destination);

/// <summary>How values are copied so that their owner may change them.</summary>
internal static class ValueCopiers
{
    public static ValueCopier<T> Of<T>() =>
        typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? Generic.Invoke<ValueCopier<T>>(Vector<int>, typeof(T).GetGenericArguments()[0])
            : (in T source, ref T destination) => destination = source;

    private static ValueCopier<VBuffer<TItem>> Vector<TItem>() =>
        (in VBuffer<TItem> source, ref VBuffer<TItem> destination) => source.CopyTo(ref destination);
}
