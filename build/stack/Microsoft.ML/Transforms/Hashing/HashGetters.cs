namespace Microsoft.ML.Transforms;

/// <summary>Reads the hashes of a column's values.</summary>
internal static class HashGetters
{
    /// <summary>The key of each item, with its position in the hash if <paramref name="ordered"/>.</summary>
    public static Delegate Make(DataViewRow row, DataViewSchema.Column column, uint seed, int bits, bool ordered)
    {
        var itemType = (PrimitiveDataViewType)column.Type.GetItemType();
        return Generic.Invoke<Delegate>(MakeOf<int>, itemType.RawType, row, column, itemType, seed, Mask(bits), ordered);
    }

    /// <summary>One key for all items of the current row.</summary>
    public static Func<uint> MakeCombined(DataViewRow row, DataViewSchema.Column column, uint seed, int bits)
    {
        var itemType = (PrimitiveDataViewType)column.Type.GetItemType();
        return Generic.Invoke<Func<uint>>(MakeCombinedOf<int>, itemType.RawType, row, column, itemType, seed, Mask(bits));
    }

    private static uint Mask(int bits) => (1u << bits) - 1;

    private static Delegate MakeOf<T>(
        DataViewRow row, DataViewSchema.Column column, PrimitiveDataViewType itemType, uint seed, uint mask, bool ordered)
    {
        var hash = ItemHashes.Of<T>(itemType);
        if (!ordered)
            return ItemMapping.MakeGetter<T, uint>(row, column, value => hash.Key(seed, mask, value));
        if (column.Type is not VectorDataViewType)
        {
            var orderedSeed = Murmur.Round(seed, 0);
            return ItemMapping.MakeGetter<T, uint>(row, column, value => hash.Key(orderedSeed, mask, value));
        }
        var get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> source = default;
        var keepsSparse = hash.IsMissing(default);
        return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
        {
            get(ref source);
            if (!keepsSparse)
                source.CopyToDense(ref source);
            var items = source.GetValues();
            var editor = VBufferEditor.Create(ref value, source.Length, items.Length);
            source.GetIndices().CopyTo(editor.Indices);
            for (var i = 0; i < items.Length; i++)
            {
                var slot = source.IsDense ? i : source.GetIndices()[i];
                editor.Values[i] = hash.Key(Murmur.Round(seed, (uint)slot), mask, items[i]);
            }
            value = editor.Commit();
        });
    }

    private static Func<uint> MakeCombinedOf<T>(
        DataViewRow row, DataViewSchema.Column column, PrimitiveDataViewType itemType, uint seed, uint mask)
    {
        var hash = ItemHashes.Of<T>(itemType);
        if (column.Type is not VectorDataViewType)
        {
            var getOne = row.GetGetter<T>(column);
            T one = default;
            return () =>
            {
                getOne(ref one);
                return hash.Key(seed, mask, one);
            };
        }
        var getAll = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> all = default;
        return () =>
        {
            getAll(ref all);
            return hash.CombinedKey(seed, mask, all);
        };
    }
}
