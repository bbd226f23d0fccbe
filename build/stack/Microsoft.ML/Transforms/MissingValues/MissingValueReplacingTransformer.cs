[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.MissingValueReplacingTransformer), null, typeof(SignatureLoadModel),
    "NA Replace Transform", Microsoft.ML.Transforms.MissingValueReplacingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Replaces NaN, by one value or by one for each slot.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NAReplaceTransform";

    private readonly double[][] _replacements;

    internal MissingValueReplacingTransformer(IHost host, params (string Output, string Input, double[] Replacements)[] columns)
        : base(host, [.. columns.Select(column => (column.Output, column.Input))]) =>
        _replacements = [.. columns.Select(column => column.Replacements)];

    private MissingValueReplacingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _replacements = [.. ColumnPairs.Select(_ => Load(context.Reader))];

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (MissingValueColumn.Refusal(input.Type.GetItemType()) is { } reason)
            throw Host.ExceptParam("inputSchema", reason);
        var replacements = _replacements[pair];
        if (replacements.Length > 1 && input.Type.GetVectorSize() != replacements.Length)
            throw Host.ExceptParam("inputSchema", $"Column '{input.Name}' has type '{input.Type}', but there are {replacements.Length} replacement values");
        return Generic.Invoke<MappedColumn>(MapColumn<int>, input.Type.GetItemType().RawType, output, input, replacements);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        foreach (var replacements in _replacements)
        {
            context.Writer.Write(replacements.Length);
            foreach (var replacement in replacements)
                context.Writer.Write(replacement);
        }
    }

    private static double[] Load(BinaryReader reader)
    {
        var replacements = new double[reader.ReadInt32()];
        for (var i = 0; i < replacements.Length; i++)
            replacements[i] = reader.ReadDouble();
        return replacements;
    }

    private static MissingValueReplacingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(MissingValueReplacingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("NAREP TF", LoaderSignature);

    private static MappedColumn MapColumn<T>(string output, DataViewSchema.Column input, double[] replacements)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
        var fromDouble = (Func<double, T>)TypeConversion.FindOrNull(typeof(double), typeof(T));
        var values = Array.ConvertAll(replacements, value => fromDouble(value));
        var isMissing = PrimitiveValues.NaNTest<T>();
        return MappedColumn.Create(output, input.Type, annotations.ToAnnotations(), [input], row => input.Type is VectorDataViewType
            ? VectorGetter(row.GetGetter<VBuffer<T>>(input), values, isMissing)
            : ItemMapping.MakeGetter<T, T>(row.Input, input, value => isMissing(value) ? values[0] : value));
    }

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(ValueGetter<VBuffer<T>> get, T[] replacements, Func<T, bool> isMissing)
    {
        VBuffer<T> source = default;
        return (ref VBuffer<T> value) =>
        {
            get(ref source);
            var items = source.GetValues();
            var indices = source.GetIndices();
            var editor = VBufferEditor.Create(ref value, source.Length, items.Length);
            indices.CopyTo(editor.Indices);
            for (var i = 0; i < items.Length; i++)
                editor.Values[i] = !isMissing(items[i]) ? items[i] : replacements.Length == 1 ? replacements[0]
                    : replacements[source.IsDense ? i : indices[i]];
            value = editor.Commit();
        };
    }
}
