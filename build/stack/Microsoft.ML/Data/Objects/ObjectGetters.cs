namespace Microsoft.ML.Internal;

/// <summary>Makes getters of columns that are members of an object.</summary>
internal static class ObjectGetters<TRow>
    where TRow : class
{
    /// <summary>A getter for each active member; null for the others.</summary>
    public static Delegate[] Create(RowMember[] members, bool[] active, ObjectHolder<TRow> holder) =>
        [.. members.Select((member, i) => active[i] ? Create(member, holder) : null)];

    private static Delegate Create(RowMember member, ObjectHolder<TRow> holder)
    {
        var type = member.MemberType;
        if (type == typeof(string))
            return Text(member, holder);
        if (type == typeof(string[]))
            return Texts(member, holder);
        if (type.IsArray)
            return Generic.Invoke<Delegate>((Maker)Array<int>, type.GetElementType(), member, holder);
        if (member.ColumnType is VectorDataViewType vector)
            return Generic.Invoke<Delegate>((Maker)Vector<int>, vector.ItemType.RawType, member, holder);
        return member.ColumnType is KeyDataViewType ? Key(member, holder) : Generic.Invoke<Delegate>((Maker)Value<int>, type, member, holder);
    }

    private static Delegate Value<TValue>(RowMember member, ObjectHolder<TRow> holder)
    {
        var read = MemberAccess<TRow, TValue>.Reader(member.Member);
        return (ValueGetter<TValue>)((ref TValue value) => value = read(holder.Current));
    }

    private static Delegate Text(RowMember member, ObjectHolder<TRow> holder)
    {
        var read = MemberAccess<TRow, string>.Reader(member.Member);
        return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = read(holder.Current).AsMemory());
    }

    private static Delegate Texts(RowMember member, ObjectHolder<TRow> holder)
    {
        var read = MemberAccess<TRow, string[]>.Reader(member.Member);
        return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var texts = read(holder.Current) ?? [];
            var editor = VBufferEditor.Create(ref value, texts.Length);
            for (var i = 0; i < texts.Length; i++)
                editor.Values[i] = texts[i].AsMemory();
            value = editor.Commit();
        });
    }

    private static Delegate Array<TItem>(RowMember member, ObjectHolder<TRow> holder)
    {
        var read = MemberAccess<TRow, TItem[]>.Reader(member.Member);
        return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
        {
            var items = read(holder.Current).AsSpan();
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private static Delegate Vector<TItem>(RowMember member, ObjectHolder<TRow> holder)
    {
        var read = MemberAccess<TRow, VBuffer<TItem>>.Reader(member.Member);
        return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) => read(holder.Current).CopyTo(ref value));
    }

    // A member counts its keys from 0, a column from 1; what is not among them is missing.
    private static Delegate Key(RowMember member, ObjectHolder<TRow> holder)
    {
        var count = member.ColumnType.GetKeyCount();
        if (member.MemberType == typeof(uint))
        {
            var read = MemberAccess<TRow, uint>.Reader(member.Member);
            return (ValueGetter<uint>)((ref uint value) => value = read(holder.Current) is var key && key < count ? key + 1 : 0);
        }

        if (member.MemberType == typeof(ulong))
        {
            var read = MemberAccess<TRow, ulong>.Reader(member.Member);
            return (ValueGetter<ulong>)((ref ulong value) => value = read(holder.Current) is var key && key < count ? key + 1 : 0);
        }

        Contracts.Check(member.MemberType == typeof(byte));
        var readByte = MemberAccess<TRow, byte>.Reader(member.Member);
        return (ValueGetter<byte>)((ref byte value) => value = (byte)(readByte(holder.Current) is var key && key < count ? key + 1 : 0));
    }

    private delegate Delegate Maker(RowMember member, ObjectHolder<TRow> holder);
}
