using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Keys of any raw type as unsigned integers of one.</summary>
internal static class KeyGetters
{
    /// <summary>The keys of a vector column; those beyond 32 bits are missing.</summary>
    public static ValueGetter<VBuffer<uint>> GetUInt32s(DataViewRow row, DataViewSchema.Column column) =>
        Type.GetTypeCode(column.Type.GetItemType().RawType) switch
        {
            TypeCode.Byte => Convert<byte>(row, column),
            TypeCode.UInt16 => Convert<ushort>(row, column),
            TypeCode.UInt32 => row.GetGetter<VBuffer<uint>>(column),
            _ => Convert<ulong>(row, column),
        };

    private static ValueGetter<VBuffer<uint>> Convert<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, INumber<T>
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> source = default;
        var largest = T.CreateSaturating(uint.MaxValue);
        return (ref VBuffer<uint> value) =>
        {
            get(ref source);
            var keys = source.GetValues();
            var editor = VBufferEditor.Create(ref value, source.Length, keys.Length);
            for (var i = 0; i < keys.Length; i++)
                editor.Values[i] = keys[i] > largest ? 0 : uint.CreateTruncating(keys[i]);
            source.GetIndices().CopyTo(editor.Indices);
            value = editor.Commit();
        };
    }

    /// <summary>The position of a scalar column's key, counted from 0; -1 for a missing one.</summary>
    public static Func<long> GetPosition(DataViewRow row, DataViewSchema.Column column) =>
        Generic.Invoke<Func<long>>(GetPositionOf<int>, column.Type.RawType, row, column);

    private static Func<long> GetPositionOf<TKey>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<TKey>(column);
        var position = Position<TKey>();
        TKey key = default;
        return () =>
        {
            get(ref key);
            return position(key);
        };
    }

    /// <summary>What gives the position of a key, counted from 0; -1 for a missing one.</summary>
    public static Func<TKey, long> Position<TKey>() => (Func<TKey, long>)(Delegate)(Type.GetTypeCode(typeof(TKey)) switch
    {
        TypeCode.Byte => (Func<byte, long>)(key => key - 1L),
        TypeCode.UInt16 => (Func<ushort, long>)(key => key - 1L),
        TypeCode.UInt32 => (Func<uint, long>)(key => key - 1L),
        _ => (Func<ulong, long>)(key => (long)(key - 1)),
    });
}
