using System.Text;

[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.KeyToVectorMappingTransformer), null, typeof(SignatureLoadModel),
    "KeyToVectorTransform", Microsoft.ML.Transforms.KeyToVectorMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors with a 1 where the key is; of a vector of keys into one such vector a slot, or their sum.</summary>
public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToVectorTransform";

    internal KeyToVectorMappingTransformer(
        IHostEnvironment environment, bool countsKeys, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(KeyToVectorMappingTransformer)), columns) => CountsKeys = countsKeys;

    private KeyToVectorMappingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => CountsKeys = context.Reader.ReadBoolean();

    /// <summary>The vectors of a vector's slots are added up.</summary>
    internal bool CountsKeys { get; }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (input.Type.GetItemType() is not KeyDataViewType)
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, "key type of known cardinality", input.Type.ToString());
        var keyCount = input.Type.GetItemType().GetKeyCountAsInt32(Host);
        var slots = input.Type.GetValueCount();
        var type = CountsKeys || slots == 1
            ? new VectorDataViewType(NumberDataViewType.Single, keyCount)
            : new VectorDataViewType(NumberDataViewType.Single, slots, keyCount);
        return MappedColumn.Create(output, type, Annotate(input, type, keyCount), [input], row =>
            input.Type is VectorDataViewType ? VectorGetter(KeyGetters.GetUInt32s(row.Input, input), keyCount)
            : ScalarGetter(KeyGetters.GetPosition(row.Input, input), keyCount));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.Writer.Write(CountsKeys);
    }

    private static KeyToVectorMappingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(KeyToVectorMappingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("KEY2VECT", LoaderSignature);

    private DataViewSchema.Annotations Annotate(DataViewSchema.Column input, VectorDataViewType type, int keyCount)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        var isScalar = input.Type is not VectorDataViewType;
        if (input.HasKeyValues() && type.IsKnownSize)
        {
            ValueGetter<VBuffer<ReadOnlyMemory<char>>> names = CountsKeys || isScalar
                ? (ref VBuffer<ReadOnlyMemory<char>> value) => input.GetKeyValues(ref value)
                : (ref VBuffer<ReadOnlyMemory<char>> value) => GetSlotNames(input, type.Size, ref value);
            annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions), names);
        }
        var slots = input.Type.GetValueCount();
        if (!CountsKeys && slots > 0)
        {
            int[] ranges = [.. Enumerable.Range(0, slots).SelectMany(slot => new[] { slot * keyCount, ((slot + 1) * keyCount) - 1 })];
            annotations.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, slots, 2),
                (ref VBuffer<int> value) => new VBuffer<int>(ranges.Length, ranges).CopyTo(ref value));
        }
        if (!CountsKeys || isScalar)
            annotations.AddFlag(AnnotationKinds.IsNormalized);
        return annotations.ToAnnotations();
    }

    /// <summary>The name of the input's slot, a point, and the key's value.</summary>
    private static void GetSlotNames(DataViewSchema.Column input, int size, ref VBuffer<ReadOnlyMemory<char>> names)
    {
        VBuffer<ReadOnlyMemory<char>> slotNames = default;
        if (input.HasSlotNames())
            input.GetSlotNames(ref slotNames);
        VBuffer<ReadOnlyMemory<char>> values = default;
        input.GetKeyValues(ref values);
        ReadOnlyMemory<char>[] valueTexts = [.. values.DenseValues()];
        var editor = VBufferEditor.Create(ref names, size);
        var text = new StringBuilder();
        for (var i = 0; i < size; i++)
        {
            var slot = i / valueTexts.Length;
            var name = slotNames.Length > 0 ? slotNames.GetItemOrDefault(slot) : default;
            text.Clear();
            if (name.IsEmpty)
                text.Append('[').Append(slot).Append(']');
            else
                text.Append(name);
            editor.Values[i] = text.Append('.').Append(valueTexts[i % valueTexts.Length]).ToString().AsMemory();
        }
        names = editor.Commit();
    }

    private static ValueGetter<VBuffer<float>> ScalarGetter(Func<long> position, int keyCount) => (ref VBuffer<float> value) =>
    {
        var at = position();
        var isKnown = (ulong)at < (ulong)keyCount;
        var editor = VBufferEditor.Create(ref value, keyCount, isKnown ? 1 : 0);
        if (isKnown)
        {
            editor.Values[0] = 1;
            if (keyCount > 1)
                editor.Indices[0] = (int)at;
        }
        value = editor.Commit();
    };

    private ValueGetter<VBuffer<float>> VectorGetter(ValueGetter<VBuffer<uint>> get, int keyCount)
    {
        VBuffer<uint> keys = default;
        var counts = new SparseCounts();
        return (ref VBuffer<float> value) =>
        {
            get(ref keys);
            counts.Clear();
            foreach (var (slot, key) in keys.Items())
            {
                if (key > 0 && key <= keyCount)
                    counts.Add((CountsKeys ? 0 : slot * keyCount) + (int)key - 1);
            }
            counts.CopyTo(ref value, CountsKeys ? keyCount : keys.Length * keyCount);
        };
    }
}
