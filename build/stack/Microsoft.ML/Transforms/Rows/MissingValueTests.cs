namespace Microsoft.ML.Transforms;

/// <summary>Finds NaN and missing keys.</summary>
internal static class MissingValueTests
{
    /// <summary>The columns of these names, which must be able to miss values.</summary>
    public static DataViewSchema.Column[] Columns(IHost host, DataViewSchema schema, string[] names)
    {
        var columns = new List<DataViewSchema.Column>();
        foreach (var name in names)
        {
            var column = schema.GetColumnOrNull(name) ?? throw host.ExceptUserArg("Columns", $"Source column '{name}' not found");
            host.CheckUserArg(!columns.Contains(column), "Columns", $"Source column '{name}' specified multiple times");
            host.CheckUserArg(PrimitiveValues.CanMiss(column.Type.GetItemType()), "Columns",
                $"Column '{name}' has type {column.Type} which does not support missing values, so we cannot filter on them");
            columns.Add(column);
        }
        return [.. columns];
    }

    /// <summary>Whether the current row's value, or any item of it, is missing.</summary>
    public static Func<bool> Make(DataViewRow row, DataViewSchema.Column column)
    {
        var itemType = (PrimitiveDataViewType)column.Type.GetItemType();
        return Generic.Invoke<Func<bool>>(MakeOf<int>, itemType.RawType, row, column, itemType);
    }

    private static Func<bool> MakeOf<T>(DataViewRow row, DataViewSchema.Column column, PrimitiveDataViewType itemType)
    {
        var isMissing = PrimitiveValues.MissingTest<T>(itemType);
        if (column.Type is not VectorDataViewType)
        {
            var getOne = row.GetGetter<T>(column);
            T one = default;
            return () =>
            {
                getOne(ref one);
                return isMissing(one);
            };
        }
        var getAll = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> all = default;
        return () =>
        {
            getAll(ref all);
            // What a sparse vector leaves out is the default value, which for keys is the missing one.
            if (!all.IsDense && isMissing(default))
                return true;
            foreach (var item in all.GetValues())
            {
                if (isMissing(item))
                    return true;
            }
            return false;
        };
    }
}
