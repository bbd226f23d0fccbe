using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Gathers what a column's normalization is learnt from, over the rows of one cursor.</summary>
internal abstract class ColumnLearner
{
    /// <summary>Takes the value of the cursor's row.</summary>
    public abstract void Add();

    public abstract ColumnNormalizer Learn(INormalization normalization);
}

/// <summary>Gathers the statistics of each slot of a column.</summary>
internal sealed class ColumnLearner<T> : ColumnLearner
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly DataViewType _type;
    private readonly ValueGetter<VBuffer<T>> _getValue;
    private readonly SlotStatistics<T>[] _slots;
    private VBuffer<T> _value;
    private long _rows;

    public ColumnLearner(DataViewSchema.Column column, DataViewRow row)
    {
        _type = column.Type;
        _getValue = column.Type is VectorDataViewType ? row.GetGetter<VBuffer<T>>(column) : AsVector(row.GetGetter<T>(column));
        _slots = [.. Enumerable.Range(0, _type.GetValueCount()).Select(_ => new SlotStatistics<T>())];
    }

    public override void Add()
    {
        _getValue(ref _value);
        Contracts.Check(_value.Length == _slots.Length);
        _rows++;
        var values = _value.GetValues();
        var indices = _value.GetIndices();
        for (var i = 0; i < values.Length; i++)
            _slots[_value.IsDense ? i : indices[i]].Add(values[i]);
    }

    public override ColumnNormalizer Learn(INormalization normalization)
    {
        foreach (var slot in _slots)
            slot.AddImplicitZeros(_rows);
        return normalization.Learn(_type, _slots);
    }

    private static ValueGetter<VBuffer<T>> AsVector(ValueGetter<T> getter) => (ref VBuffer<T> vector) =>
    {
        var editor = VBufferEditor.Create(ref vector, 1);
        getter(ref editor.Values[0]);
        vector = editor.Commit();
    };
}
