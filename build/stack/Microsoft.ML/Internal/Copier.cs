namespace Microsoft.ML.Internal;

/// <summary>Copies a value into a place of a caller's, so that neither sees what happens to the other.</summary>
internal delegate void Copier<T>(in T source, ref T destination);

/// <summary>The copier of a raw type: vectors by their items, all else by assignment.</summary>
internal static class Copier
{
    public static Copier<T> Of<T>() => Copiers<T>.Instance;

    private static Copier<VBuffer<TItem>> OfVector<TItem>() =>
        (in VBuffer<TItem> source, ref VBuffer<TItem> destination) => source.CopyTo(ref destination);

    private static class Copiers<T>
    {
        public static readonly Copier<T> Instance =
            typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>)
                ? (Copier<T>)Generic.Invoke<Delegate>((Func<Delegate>)OfVector<int>, typeof(T).GetGenericArguments()[0])
                : (in T source, ref T destination) => destination = source;
    }
}
