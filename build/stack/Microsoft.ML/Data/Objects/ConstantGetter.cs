namespace Microsoft.ML.Internal;

/// <summary>Getters that always give the same value.</summary>
internal static class ConstantGetter
{
    /// <summary>The getter of a value as a column holds it: strings as characters, arrays as vectors.</summary>
    public static Delegate Of<T>(T value) => value switch
    {
        string text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> destination) => destination = text.AsMemory()),
        string[] texts => OfArray(Array.ConvertAll(texts, text => text.AsMemory())),
        Array array => Generic.Invoke<Delegate>((Func<int[], Delegate>)OfArray, array.GetType().GetElementType(), array),
        _ when typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>) =>
            Generic.Invoke<Delegate>((Func<VBuffer<int>, Delegate>)OfVector, typeof(T).GetGenericArguments()[0], value),
        _ => (ValueGetter<T>)((ref T destination) => destination = value),
    };

    private static Delegate OfArray<T>(T[] values) => OfVector(new VBuffer<T>(values.Length, values));

    private static Delegate OfVector<T>(VBuffer<T> vector) => (ValueGetter<VBuffer<T>>)vector.CopyTo;
}
