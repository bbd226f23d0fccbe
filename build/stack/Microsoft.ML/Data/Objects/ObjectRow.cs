namespace Microsoft.ML.Internal;

/// <summary>A row over one object at a time; each new object advances the position.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly ObjectHolder<TRow> _holder;
    private readonly ObjectRowGetters _getters;
    private long _position = -1;

    public ObjectRow(IHost host, RowMember[] members)
    {
        Schema = RowMember.SchemaOf(members);
        _holder = new(host);
        var active = new bool[members.Length];
        Array.Fill(active, true);
        _getters = new(host, ObjectGetters<TRow>.Create(members, active, _holder));
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public void Set(TRow row)
    {
        _holder.Current = row;
        _position++;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);
}
