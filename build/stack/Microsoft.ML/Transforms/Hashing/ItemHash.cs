namespace Microsoft.ML.Transforms;

/// <summary>Takes values of one type into hashes.</summary>
/// <param name="Round">Takes a value into a hash.</param>
/// <param name="Bytes">How many bytes a value counts for; 0 where each round finishes the hash.</param>
/// <param name="IsMissing">Whether a value has no hash.</param>
internal sealed record ItemHash<T>(Func<uint, T, uint> Round, int Bytes, Func<T, bool> IsMissing)
{
    /// <summary>The key of a value, from 1; 0 for a missing one.</summary>
    public uint Key(uint seed, uint mask, T value) =>
        IsMissing(value) ? 0 : (Finish(Round(seed, value), Bytes) & mask) + 1;

    /// <summary>The key of all values together; 0 if one is missing.</summary>
    public uint CombinedKey(uint seed, uint mask, in VBuffer<T> values)
    {
        var hash = seed;
        foreach (var value in values.DenseValues())
        {
            if (IsMissing(value))
                return 0;
            hash = Round(hash, value);
        }
        return (Finish(hash, values.Length * Bytes) & mask) + 1;
    }

    private uint Finish(uint hash, int bytes) => Bytes == 0 ? hash : Murmur.Finish(hash, bytes);
}

/// <summary>The hashes of the primitive types.</summary>
internal static class ItemHashes
{
    public static ItemHash<T> Of<T>(PrimitiveDataViewType type) => (ItemHash<T>)Create(type);

    private static object Create(PrimitiveDataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.SByte => Word<sbyte>(type, value => (uint)value),
        TypeCode.Byte => Word<byte>(type, value => value),
        TypeCode.Int16 => Word<short>(type, value => (uint)value),
        TypeCode.UInt16 => Word<ushort>(type, value => value),
        TypeCode.Int32 => Word<int>(type, value => (uint)value),
        TypeCode.UInt32 => Word<uint>(type, value => value),
        TypeCode.Boolean => Word<bool>(type, value => value ? 1u : 0u),
        // Zero has one hash, whatever its sign.
        TypeCode.Single => Word<float>(type, value => BitConverter.SingleToUInt32Bits(value == 0 ? 0 : value)),
        TypeCode.Double => Words<double>(type, value => BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value)),
        TypeCode.Int64 => Words<long>(type, value => (ulong)value),
        TypeCode.UInt64 => Words<ulong>(type, value => value),
        TypeCode.DateTime => Words<DateTime>(type, value => (ulong)value.Ticks),
        _ when type.RawType == typeof(TimeSpan) => Words<TimeSpan>(type, value => (ulong)value.Ticks),
        _ when type.RawType == typeof(DateTimeOffset) => Words<DateTimeOffset>(type, value => (ulong)value.UtcDateTime.Ticks),
        _ => new ItemHash<ReadOnlyMemory<char>>((hash, text) => Murmur.OfText(hash, text.Span.Trim(' ')), 0, text => text.IsEmpty),
    };

    private static ItemHash<T> Word<T>(PrimitiveDataViewType type, Func<T, uint> word) =>
        new((hash, value) => Murmur.Round(hash, word(value)), sizeof(uint), PrimitiveValues.MissingTest<T>(type));

    private static ItemHash<T> Words<T>(PrimitiveDataViewType type, Func<T, ulong> bits) => new((hash, value) =>
    {
        var both = bits(value);
        return Murmur.Round(Murmur.Round(hash, (uint)both), (uint)(both >> 32));
    }, sizeof(ulong), PrimitiveValues.MissingTest<T>(type));
}
