using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>What was learnt for one column.</summary>
internal abstract class ColumnNormalizer(DataViewType type)
{
    /// <summary>The type of the column, before and after.</summary>
    public DataViewType Type { get; } = type;

    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    public abstract MappedColumn Map(string output, DataViewSchema.Column input);

    public void Save(BinaryWriter writer)
    {
        writer.Write(Type.GetItemType() == NumberDataViewType.Double);
        var dimensions = Type is VectorDataViewType vector ? vector.Dimensions : [];
        writer.Write(dimensions.Length);
        foreach (var dimension in dimensions)
            writer.Write(dimension);
        SaveSlots(writer);
    }

    public static ColumnNormalizer Load(BinaryReader reader) =>
        reader.ReadBoolean() ? Load<double>(NumberDataViewType.Double, reader) : Load<float>(NumberDataViewType.Single, reader);

    private protected abstract void SaveSlots(BinaryWriter writer);

    private static ColumnNormalizer Load<T>(PrimitiveDataViewType itemType, BinaryReader reader)
        where T : struct, IFloatingPointIeee754<T>
    {
        var dimensions = new int[reader.ReadInt32()];
        for (var i = 0; i < dimensions.Length; i++)
            dimensions[i] = reader.ReadInt32();
        DataViewType type = dimensions.Length == 0 ? itemType : new VectorDataViewType(itemType, dimensions);
        var isCdf = reader.ReadBoolean();
        var slots = new (T, T)[type.GetValueCount()];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = (T.CreateChecked(reader.ReadDouble()), T.CreateChecked(reader.ReadDouble()));
        return isCdf ? new CdfNormalizer<T>(type, slots) : new AffineNormalizer<T>(type, slots);
    }
}

/// <summary>Normalizes each slot of a column by two parameters.</summary>
internal abstract class ColumnNormalizer<T>(DataViewType type, (T First, T Second)[] slots) : ColumnNormalizer(type)
    where T : struct, IFloatingPointIeee754<T>
{
    private protected (T First, T Second)[] Slots { get; } = slots;

    /// <summary>Whether zeros that a sparse vector leaves out may become something else.</summary>
    private protected abstract bool MovesZeros { get; }

    private protected abstract bool IsCdf { get; }

    public override MappedColumn Map(string output, DataViewSchema.Column input)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddFlag(AnnotationKinds.IsNormalized);
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        return Type is VectorDataViewType
            ? MappedColumn.Create(output, Type, annotations.ToAnnotations(), [input], row => VectorGetter(row.GetGetter<VBuffer<T>>(input)))
            : MappedColumn.Create(output, Type, annotations.ToAnnotations(), [input], row => ScalarGetter(row.GetGetter<T>(input)));
    }

    private protected abstract T Normalize(T value, int slot);

    private protected override void SaveSlots(BinaryWriter writer)
    {
        writer.Write(IsCdf);
        foreach (var (first, second) in Slots)
        {
            writer.Write(double.CreateChecked(first));
            writer.Write(double.CreateChecked(second));
        }
    }

    private ValueGetter<T> ScalarGetter(ValueGetter<T> getValue) => (ref T value) =>
    {
        getValue(ref value);
        value = Normalize(value, 0);
    };

    private ValueGetter<VBuffer<T>> VectorGetter(ValueGetter<VBuffer<T>> getValue)
    {
        VBuffer<T> source = default;
        var dense = new T[Slots.Length];
        return (ref VBuffer<T> destination) =>
        {
            getValue(ref source);
            Contracts.Check(source.Length == Slots.Length);
            if (MovesZeros || source.IsDense)
            {
                source.CopyTo(dense);
                for (var slot = 0; slot < dense.Length; slot++)
                    dense[slot] = Normalize(dense[slot], slot);
                Pack(dense, ref destination);
                return;
            }

            source.CopyTo(ref destination);
            var editor = VBufferEditor.CreateFromBuffer(ref destination);
            for (var i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = Normalize(editor.Values[i], editor.Indices[i]);
            destination = editor.Commit();
        };
    }

    /// <summary>Writes a vector, as a sparse one if fewer than half of its slots are other than zero.</summary>
    private static void Pack(ReadOnlySpan<T> dense, ref VBuffer<T> destination)
    {
        var count = dense.Length - dense.Count(T.Zero);
        var isSparse = count < dense.Length / 2 || count == 0;
        var editor = VBufferEditor.Create(ref destination, dense.Length, isSparse ? count : dense.Length);
        if (!isSparse)
            dense.CopyTo(editor.Values);
        else
            for (int slot = 0, next = 0; next < count; slot++)
                if (dense[slot] != T.Zero)
                    (editor.Indices[next], editor.Values[next++]) = (slot, dense[slot]);
        destination = editor.Commit();
    }
}
