using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector, dense or sparse, over arrays that are handed back to be filled again.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam((values?.Length ?? 0) >= length, nameof(values));
        Length = length;
        _count = length;
        _values = values;
        _indices = indices;
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam(count >= 0 && count <= length, nameof(count));
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values));
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var available = source?.Length ?? 0;
        Contracts.CheckParam(length >= 0 && length <= available, nameof(length));
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= available - length, nameof(sourceIndex));
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(sourceIndex >= 0 && sourceIndex <= Length, nameof(sourceIndex));
        Contracts.CheckParam(length >= 0 && sourceIndex <= Length - length, nameof(length));
        var first = IsDense ? sourceIndex : FirstAtOrAfter(sourceIndex);
        var count = IsDense ? length : FirstAtOrAfter(sourceIndex + length) - first;
        var editor = VBufferEditor.Create(ref destination, length, count);
        _values.AsSpan(first, count).CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = _indices[first + i] - sourceIndex;
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        Contracts.CheckParam(destinationIndex >= 0 && destinationIndex <= destination.Length - Length,
            nameof(destination), "Not large enough to hold these values.");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }

        target.Fill(defaultValue);
        for (var i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam((uint)index < (uint)Length, nameof(index));
        if (IsDense)
            return _values[index];
        var position = GetIndices().BinarySearch(index);
        return position >= 0 ? _values[position] : default;
    }

    public void GetItemOrDefault(int index, ref T destination) => destination = GetItemOrDefault(index);

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (IsDense || all)
            return DenseValues().Select((value, index) => KeyValuePair.Create(index, value));
        return (_indices ?? []).Take(_count).Zip(_values ?? [], KeyValuePair.Create);
    }

    public IEnumerable<T> DenseValues()
    {
        if (IsDense)
        {
            for (var i = 0; i < Length; i++)
                yield return _values[i];
            yield break;
        }

        var next = 0;
        for (var i = 0; i < Length; i++)
            yield return next < _count && _indices[next] == i ? _values[next++] : default;
    }

    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> Edit() => Edit(Length, _count, null, false, false);

    internal VBufferEditor<T> Edit(int length, int? count, int? maximumCapacity, bool keepValues, bool indicesOnDense)
    {
        Contracts.CheckParam(length >= 0, "newLogicalLength", "Must be non-negative.");
        Contracts.CheckParam(count is null or >= 0, "valuesCount", "If specified, must be non-negative.");
        Contracts.CheckParam(count is null || count <= length, "valuesCount", "If specified, must be no greater than newLogicalLength");
        var wanted = count ?? length;
        var capacity = maximumCapacity ?? Array.MaxLength;
        var values = _values;
        var newValues = Grow(ref values, wanted, capacity, keepValues);
        var indices = _indices;
        var newIndices = (wanted < length || indicesOnDense) && Grow(ref indices, wanted, capacity, keepValues);
        return new(length, wanted, values, indices, indicesOnDense, newValues, newIndices);
    }

    private static bool Grow<TItem>(ref TItem[] array, int wanted, int capacity, bool keep)
    {
        if ((array?.Length ?? 0) >= wanted)
            return false;
        Contracts.CheckParam(wanted <= capacity, nameof(wanted));
        var grown = new TItem[(int)Math.Min(capacity, Math.Max(wanted, 2L * (keep ? array?.Length ?? 0 : 0)))];
        if (keep)
            array?.CopyTo(grown, 0);
        array = grown;
        return true;
    }

    private int FirstAtOrAfter(int index)
    {
        var position = GetIndices().BinarySearch(index);
        return position >= 0 ? position : ~position;
    }
}
