namespace MLNet.Transformers.Evaluation;

/// <summary>Reads columns of numbers.</summary>
internal static class NumberColumns
{
    /// <summary>Two columns of one number a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds something else.</exception>
    /// <exception cref="ArgumentException">A value is missing.</exception>
    public static (double[] First, double[] Second) Read(IDataView data, string first, string second)
    {
        DataViewSchema.Column[] columns = [LabelColumns.Find(data.Schema, first), LabelColumns.Find(data.Schema, second)];
        using var cursor = data.GetRowCursor(columns);
        var readers = columns.Select(column => Reader(cursor, column)).ToArray();
        var values = new List<(double First, double Second)>();
        while (cursor.MoveNext())
            values.Add((readers[0](), readers[1]()));
        return ([.. values.Select(pair => pair.First)], [.. values.Select(pair => pair.Second)]);
    }

    private static Func<double> Reader(DataViewRow row, DataViewSchema.Column column) =>
        column.Type == NumberDataViewType.Single ? Reader<float>(row, column, value => value)
        : column.Type == NumberDataViewType.Double ? Reader<double>(row, column, value => value)
        : throw LabelColumns.Mismatch(column, "Single or Double");

    private static Func<double> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            var number = convert(value);
            return double.IsNaN(number) ? throw new ArgumentException($"Row {row.Position} has no value in '{column.Name}'.") : number;
        };
    }
}
