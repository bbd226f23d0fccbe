namespace Microsoft.ML.Transforms;

/// <summary>Values by keys, with the types of both.</summary>
internal abstract class ValueMap(PrimitiveDataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations)
{
    public PrimitiveDataViewType KeyType { get; } = keyType;
    public DataViewType ValueType { get; } = valueType;

    /// <summary>The annotations of the values: what keys among them stand for.</summary>
    public DataViewSchema.Annotations Annotations { get; } = annotations;

    /// <summary>Reads the pairs from two columns of a view.</summary>
    public static ValueMap Read(IHost host, IDataView data, DataViewSchema.Column keys, DataViewSchema.Column values)
    {
        foreach (var (column, role) in new[] { (keys, "keyColumn"), (values, "valueColumn") })
            host.Check(data.Schema.GetColumnOrNull(column.Name) is { } found && found.Equals(column),
                $"The selected column {role} is not included in the targeted IDataView dataView");
        var map = Create((PrimitiveDataViewType)keys.Type, values.Type, values.Annotations);
        using var cursor = data.GetRowCursor([keys, values]);
        map.Fill(cursor, keys, values);
        return map;
    }

    /// <summary>A map of pairs of objects.</summary>
    public static ValueMap Of<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool valuesAreKeys)
    {
        var keys = RawValues.Of(pairs.Select(pair => pair.Key), out var keyType);
        var values = RawValues.Of(pairs.Select(pair => pair.Value), out var valueType);
        var annotations = DataViewSchema.Annotations.Empty;
        if (valuesAreKeys)
        {
            string[] distinct = [.. pairs.Select(pair => pair.Value).Distinct().Select(value => value.ToString())];
            values = RawValues.Keys(values, distinct.Length, ref valueType);
            var builder = new DataViewSchema.Annotations.Builder();
            KeyAnnotations.Add(builder, TextDataViewType.Instance, Array.ConvertAll(distinct, text => text.AsMemory()), asText: false);
            annotations = builder.ToAnnotations();
        }
        var map = Create(keyType, valueType, annotations);
        map.Fill(keys, values);
        return map;
    }

    /// <summary>A map of pairs of objects and arrays.</summary>
    public static ValueMap Of<TKey, TItem>(IEnumerable<KeyValuePair<TKey, TItem[]>> pairs)
    {
        var keys = RawValues.Of(pairs.Select(pair => pair.Key), out var keyType);
        var values = RawValues.Vectors(pairs.Select(pair => pair.Value), out var valueType);
        var map = Create(keyType, valueType, DataViewSchema.Annotations.Empty);
        map.Fill(keys, values);
        return map;
    }

    public static ValueMap Load(BinaryReader reader)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (reader.ReadBoolean())
        {
            var texts = ValueCodec.Read<VBuffer<ReadOnlyMemory<char>>>(reader, out _);
            KeyAnnotations.Add(annotations, TextDataViewType.Instance, [.. texts.DenseValues()], asText: false);
        }
        var keyType = (PrimitiveDataViewType)ValueCodec.ReadType(reader);
        var valueType = ValueCodec.ReadType(reader);
        var map = Create(keyType, valueType, annotations.ToAnnotations());
        map.Fill(reader);
        return map;
    }

    public void Save(BinaryWriter writer)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        var hasTexts = ValueType is KeyDataViewType && Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is
            VectorDataViewType { ItemType: TextDataViewType };
        writer.Write(hasTexts);
        if (hasTexts)
        {
            Annotations.GetValue(AnnotationKinds.KeyValues, ref texts);
            ValueCodec.Write(writer, new VectorDataViewType(TextDataViewType.Instance, texts.Length), texts);
        }
        ValueCodec.WriteType(writer, KeyType);
        ValueCodec.WriteType(writer, ValueType);
        SavePairs(writer);
    }

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column input);

    protected abstract void Fill(DataViewRowCursor cursor, DataViewSchema.Column keys, DataViewSchema.Column values);
    protected abstract void Fill(Array keys, Array values);
    protected abstract void Fill(BinaryReader reader);
    protected abstract void SavePairs(BinaryWriter writer);

    private static ValueMap Create(PrimitiveDataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations) =>
        (ValueMap)Activator.CreateInstance(
            typeof(ValueMap<,>).MakeGenericType(keyType.RawType, valueType.RawType), keyType, valueType, annotations);
}

/// <summary>Values of one type by keys of another.</summary>
internal sealed class ValueMap<TKey, TValue>(PrimitiveDataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations)
    : ValueMap(keyType, valueType, annotations)
{
    private readonly Dictionary<TKey, TValue> _values = new(PrimitiveValues.Comparer<TKey>());

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column input)
    {
        var copy = ValueCopiers.Of<TValue>();
        if (input.Type is VectorDataViewType)
            return VectorGetter(row.GetGetter<VBuffer<TKey>>(input));
        var get = row.GetGetter<TKey>(input);
        TKey key = default;
        return (ValueGetter<TValue>)((ref TValue value) =>
        {
            get(ref key);
            var found = _values.GetValueOrDefault(key);
            copy(in found, ref value);
        });
    }

    protected override void Fill(DataViewRowCursor cursor, DataViewSchema.Column keys, DataViewSchema.Column values)
    {
        var getKey = cursor.GetGetter<TKey>(keys);
        var getValue = cursor.GetGetter<TValue>(values);
        while (cursor.MoveNext())
        {
            TKey key = default;
            TValue value = default;
            getKey(ref key);
            getValue(ref value);
            Add(key, value);
        }
    }

    protected override void Fill(Array keys, Array values)
    {
        for (var i = 0; i < keys.Length; i++)
            Add(((TKey[])keys)[i], ((TValue[])values)[i]);
    }

    protected override void Fill(BinaryReader reader)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            TKey key = default;
            TValue value = default;
            ValueCodec.CodecOf<TKey>().Read(reader, ref key);
            ValueCodec.CodecOf<TValue>().Read(reader, ref value);
            Add(key, value);
        }
    }

    protected override void SavePairs(BinaryWriter writer)
    {
        writer.Write(_values.Count);
        foreach (var (key, value) in _values)
        {
            ValueCodec.CodecOf<TKey>().Write(writer, key);
            ValueCodec.CodecOf<TValue>().Write(writer, value);
        }
    }

    private void Add(TKey key, TValue value)
    {
        if (!_values.TryAdd(key, value))
            throw Contracts.Except($"Duplicate keys in data '{key}'");
    }

    private ValueGetter<VBuffer<TValue>> VectorGetter(ValueGetter<VBuffer<TKey>> get)
    {
        VBuffer<TKey> keys = default;
        return (ref VBuffer<TValue> value) =>
        {
            get(ref keys);
            var editor = VBufferEditor.Create(ref value, keys.Length);
            var slot = 0;
            foreach (var key in keys.DenseValues())
                editor.Values[slot++] = _values.GetValueOrDefault(key);
            value = editor.Commit();
        };
    }
}
