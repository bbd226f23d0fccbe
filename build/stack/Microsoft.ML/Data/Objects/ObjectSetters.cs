namespace Microsoft.ML.Internal;

/// <summary>Makes what writes a column of a row into a member of an object.</summary>
internal static class ObjectSetters<TRow>
    where TRow : class
{
    public static Action<TRow> Create(DataViewRow input, DataViewSchema.Column column, RowMember member)
    {
        var type = member.MemberType;
        if (type == typeof(string))
            return Text(input, column, member);
        if (type == typeof(string[]))
            return Texts(input, column, member);
        if (type.IsArray)
            return Generic.Invoke<Action<TRow>>((Maker)Array<int>, type.GetElementType(), input, column, member);
        return column.Type is VectorDataViewType vector
            ? Generic.Invoke<Action<TRow>>((Maker)Vector<int>, vector.ItemType.RawType, input, column, member)
            : Generic.Invoke<Action<TRow>>((Maker)Value<int>, type, input, column, member);
    }

    private static Action<TRow> Value<TValue>(DataViewRow input, DataViewSchema.Column column, RowMember member)
    {
        var get = input.GetGetter<TValue>(column);
        var write = MemberAccess<TRow, TValue>.Writer(member.Member);
        TValue value = default;
        return row =>
        {
            get(ref value);
            write(row, value);
        };
    }

    private static Action<TRow> Text(DataViewRow input, DataViewSchema.Column column, RowMember member)
    {
        var get = input.GetGetter<ReadOnlyMemory<char>>(column);
        var write = MemberAccess<TRow, string>.Writer(member.Member);
        ReadOnlyMemory<char> value = default;
        return row =>
        {
            get(ref value);
            write(row, value.ToString());
        };
    }

    private static Action<TRow> Texts(DataViewRow input, DataViewSchema.Column column, RowMember member)
    {
        var get = input.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var read = MemberAccess<TRow, string[]>.Reader(member.Member);
        var write = MemberAccess<TRow, string[]>.Writer(member.Member);
        VBuffer<ReadOnlyMemory<char>> value = default;
        return row =>
        {
            get(ref value);
            var texts = read(row);
            if (texts?.Length != value.Length)
                texts = new string[value.Length];
            System.Array.Fill(texts, "");
            var values = value.GetValues();
            var indices = value.GetIndices();
            for (var i = 0; i < values.Length; i++)
                texts[value.IsDense ? i : indices[i]] = values[i].ToString();
            write(row, texts);
        };
    }

    // An array of the right length is filled again, so that one object can be reused for all rows.
    private static Action<TRow> Array<TItem>(DataViewRow input, DataViewSchema.Column column, RowMember member)
    {
        var get = input.GetGetter<VBuffer<TItem>>(column);
        var read = MemberAccess<TRow, TItem[]>.Reader(member.Member);
        var write = MemberAccess<TRow, TItem[]>.Writer(member.Member);
        VBuffer<TItem> value = default;
        return row =>
        {
            get(ref value);
            var items = read(row);
            if (items?.Length != value.Length || !value.IsDense)
                items = new TItem[value.Length];
            value.CopyTo(items);
            write(row, items);
        };
    }

    private static Action<TRow> Vector<TItem>(DataViewRow input, DataViewSchema.Column column, RowMember member)
    {
        var get = input.GetGetter<VBuffer<TItem>>(column);
        var read = MemberAccess<TRow, VBuffer<TItem>>.Reader(member.Member);
        var write = MemberAccess<TRow, VBuffer<TItem>>.Writer(member.Member);
        return row =>
        {
            var value = read(row);
            get(ref value);
            write(row, value);
        };
    }

    private delegate Action<TRow> Maker(DataViewRow input, DataViewSchema.Column column, RowMember member);
}
