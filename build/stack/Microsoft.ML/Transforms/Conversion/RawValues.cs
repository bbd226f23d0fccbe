namespace Microsoft.ML.Transforms;

/// <summary>Objects as arrays of the raw types that columns hold.</summary>
internal static class RawValues
{
    public static Array Of<T>(IEnumerable<T> values, out PrimitiveDataViewType type)
    {
        type = TypeOf<T>();
        return typeof(T) == typeof(string) ? values.Select(value => value.ToString().AsMemory()).ToArray() : values.ToArray();
    }

    public static Array Vectors<T>(IEnumerable<T[]> values, out DataViewType type)
    {
        type = new VectorDataViewType(TypeOf<T>());
        return typeof(T) == typeof(string)
            ? values.Select(items => Vector(items.Select(item => item.ToString().AsMemory()).ToArray())).ToArray()
            : values.Select(Vector).ToArray();
    }

    /// <summary>Numbers as keys of their own value, anything else as keys in the order of first occurrence.</summary>
    public static Array Keys(Array values, int count, ref PrimitiveDataViewType type)
    {
        if (type.RawType == typeof(uint) || type.RawType == typeof(ulong))
        {
            type = new KeyDataViewType(type.RawType, count);
            return values;
        }
        type = new KeyDataViewType(typeof(uint), count);
        return Generic.Invoke<Array>(Numbered<int>, values.GetType().GetElementType(), values);
    }

    private static uint[] Numbered<T>(Array values)
    {
        var keys = new Dictionary<T, uint>(PrimitiveValues.Comparer<T>());
        return Array.ConvertAll((T[])values, value => keys.TryAdd(value, (uint)keys.Count + 1) ? (uint)keys.Count : keys[value]);
    }

    private static VBuffer<T> Vector<T>(T[] items) => new(items.Length, items);

    private static PrimitiveDataViewType TypeOf<T>() =>
        DataKinds.TryGet(typeof(T), out var kind) ? PrimitiveTypes.Of(kind)
            : throw Contracts.Mark(new InvalidOperationException($"Unsupported type {typeof(T)} used in mapping."));
}
