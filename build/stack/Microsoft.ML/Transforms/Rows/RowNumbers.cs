namespace Microsoft.ML.Transforms;

/// <summary>Numbers of rows that ranges select by.</summary>
internal static class RowNumbers
{
    public static bool IsRangeable(DataViewType type) =>
        type == NumberDataViewType.Single || type == NumberDataViewType.Double || type is KeyDataViewType;

    /// <summary>The value of a real column; the place of a key among all of its type, from 0 to 1, and NaN for a missing key.</summary>
    public static Func<double> MakeReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType key)
        {
            var position = KeyGetters.GetPosition(row, column);
            return () => Place(position(), key.Count);
        }
        if (column.Type == NumberDataViewType.Double)
        {
            var getDouble = row.GetGetter<double>(column);
            return () => Read(getDouble);
        }
        var getSingle = row.GetGetter<float>(column);
        return () => Read(getSingle);
    }

    /// <summary>The middle of the part of 0 to 1 that belongs to a position.</summary>
    public static double Place(long position, ulong count) =>
        (ulong)position < count ? (position + 0.5) / count : double.NaN;

    private static T Read<T>(ValueGetter<T> get)
    {
        T value = default;
        get(ref value);
        return value;
    }
}
