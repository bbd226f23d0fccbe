namespace Microsoft.ML.Transforms;

/// <summary>Values numbered as keys from 1.</summary>
internal abstract class KeyVocabulary(PrimitiveDataViewType itemType)
{
    public PrimitiveDataViewType ItemType { get; } = itemType;
    public abstract int Count { get; }

    /// <summary>The type of the keys; a key type has one value at least.</summary>
    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(Count, 1));

    public static KeyVocabulary Create(PrimitiveDataViewType itemType) =>
        (KeyVocabulary)Activator.CreateInstance(typeof(KeyVocabulary<>).MakeGenericType(itemType.RawType), itemType);

    public static KeyVocabulary Load(BinaryReader reader)
    {
        var values = ValueCodec.Read(reader, out var type);
        var vocabulary = Create((PrimitiveDataViewType)type.GetItemType());
        vocabulary.AddSaved(values);
        return vocabulary;
    }

    /// <summary>Adds the values of a column, row by row.</summary>
    /// <returns>False once there are <paramref name="maximum"/> values.</returns>
    public abstract Func<bool> MakeLearner(DataViewRow row, DataViewSchema.Column column, int maximum);

    public abstract void Sort();
    public abstract void Save(BinaryWriter writer);
    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Adds the values as annotation of the keys, as text if asked to.</summary>
    public abstract void AddAnnotation(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, bool asText);

    protected abstract void AddSaved(object values);
}

/// <summary>Values of one type numbered as keys from 1.</summary>
internal sealed class KeyVocabulary<T>(PrimitiveDataViewType itemType) : KeyVocabulary(itemType)
{
    private readonly Dictionary<T, uint> _keys = new(PrimitiveValues.Comparer<T>());
    private readonly List<T> _values = [];
    private readonly Func<T, bool> _isMissing = PrimitiveValues.MissingTest<T>(itemType);

    public override int Count => _values.Count;

    public override Func<bool> MakeLearner(DataViewRow row, DataViewSchema.Column column, int maximum)
    {
        if (column.Type is not VectorDataViewType)
        {
            var getOne = row.GetGetter<T>(column);
            T one = default;
            return () =>
            {
                getOne(ref one);
                TryAdd(one);
                return Count < maximum;
            };
        }
        var getAll = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> all = default;
        return () =>
        {
            getAll(ref all);
            return Learn(all, maximum);
        };
    }

    public override void Sort()
    {
        _values.Sort(PrimitiveValues.Order<T>());
        _keys.Clear();
        for (var i = 0; i < _values.Count; i++)
            _keys[_values[i]] = (uint)i + 1;
    }

    public override void Save(BinaryWriter writer) =>
        ValueCodec.Write(writer, new VectorDataViewType(ItemType, Count), new VBuffer<T>(Count, [.. _values]));

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column) =>
        ItemMapping.MakeGetter<T, uint>(row, column, value => _keys.GetValueOrDefault(value));

    public override void AddAnnotation(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, bool asText)
    {
        if (Count == 0)
            return;
        if (ItemType is KeyDataViewType key && KeyAnnotations.Type(source) is { } sourceType && (ulong)sourceType.Size == key.Count)
        {
            // Keys of keys have the values of those keys.
            var positions = _values.ConvertAll(value => (int)(Convert.ToUInt64(value) - 1));
            KeyAnnotations.AddSelected(annotations, source, positions, asText);
        }
        else
        {
            KeyAnnotations.Add<T>(annotations, ItemType, [.. _values], asText);
        }
    }

    protected override void AddSaved(object values)
    {
        foreach (var value in ((VBuffer<T>)values).DenseValues())
            TryAdd(value);
    }

    /// <summary>The slots that a sparse vector leaves out count as its first gap.</summary>
    private bool Learn(in VBuffer<T> vector, int maximum)
    {
        var values = vector.GetValues();
        var indices = vector.GetIndices();
        var gapLeft = !vector.IsDense;
        for (var i = 0; i < values.Length && Count < maximum; i++)
        {
            if (gapLeft && indices[i] != i)
            {
                TryAdd(default);
                gapLeft = false;
            }
            if (Count < maximum)
                TryAdd(values[i]);
        }
        if (gapLeft && Count < maximum)
            TryAdd(default);
        return Count < maximum;
    }

    private void TryAdd(T value)
    {
        if (_isMissing(value) || _keys.ContainsKey(value))
            return;
        // A text is part of a longer one, such as a line, which it would keep alive.
        if (value is ReadOnlyMemory<char> text)
            value = (T)(object)text.ToString().AsMemory();
        _values.Add(value);
        _keys.Add(value, (uint)_values.Count);
    }
}
