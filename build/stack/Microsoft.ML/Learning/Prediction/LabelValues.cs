namespace Microsoft.ML.Data;

/// <summary>The values that the keys of the training labels stood for, of whatever type.</summary>
internal sealed class LabelValues
{
    private readonly DataViewSchema.Annotations _annotations;
    private readonly DataViewSchema.Column _values;

    private LabelValues(DataViewSchema.Annotations annotations, DataViewSchema.Column values) =>
        (_annotations, _values) = (annotations, values);

    /// <summary>The key values of a column with as many classes, or null.</summary>
    public static LabelValues OfOrNull(DataViewSchema.Column label, int classes) =>
        label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { Type: VectorDataViewType vector } values && vector.Size == classes
            ? new(label.Annotations, values)
            : null;

    public bool AreText => _values.Type.GetItemType() is TextDataViewType;

    /// <summary>Adds them as an annotation of some kind.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder builder, string kind) =>
        Generic.Invoke<object>((Func<DataViewSchema.Annotations.Builder, string, object>)Add<int>, _values.Type.RawType, builder, kind);

    public void Save(BinaryWriter writer) => Generic.Invoke<object>((Func<BinaryWriter, object>)Write<int>, _values.Type.RawType, writer);

    public static LabelValues Load(BinaryReader reader)
    {
        var value = ValueCodec.Read(reader, out var type);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(AnnotationKinds.KeyValues, type, Generic.Invoke<Delegate>((Func<int, Delegate>)ConstantGetter.Of, type.RawType, value));
        var annotations = builder.ToAnnotations();
        return new(annotations, annotations.Schema[0]);
    }

    private object Add<T>(DataViewSchema.Annotations.Builder builder, string kind)
    {
        builder.Add(kind, _values.Type, _annotations.GetGetter<T>(_values));
        return null;
    }

    private object Write<T>(BinaryWriter writer)
    {
        T value = default;
        _annotations.GetGetter<T>(_values)(ref value);
        ValueCodec.Write(writer, _values.Type, value);
        return null;
    }
}
