[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.HashingTransformer), null, typeof(SignatureLoadModel),
    "Hash Transform", Microsoft.ML.Transforms.HashingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns values into keys by hashing them.</summary>
public sealed class HashingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "HashTransform";

    private readonly HashingEstimator.ColumnOptions[] _columns;

    internal HashingTransformer(IHost host, params HashingEstimator.ColumnOptions[] columns)
        : base(host, [.. columns.Select(column => (column.Name, column.InputColumnName))]) => _columns = columns;

    private HashingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _columns = [.. ColumnPairs.Select(pair => new HashingEstimator.ColumnOptions(
            pair.OutputColumnName,
            pair.InputColumnName,
            numberOfBits: context.Reader.ReadInt32(),
            seed: context.Reader.ReadUInt32(),
            useOrderedHashing: context.Reader.ReadBoolean(),
            combine: context.Reader.ReadBoolean()))];

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        var options = _columns[pair];
        if (!HashingEstimator.IsHashable(input.Type.GetItemType()))
            throw Host.ExceptParam("inputSchema", HashingEstimator.Expected);
        var keyType = new KeyDataViewType(typeof(uint), 1UL << options.NumberOfBits);
        if (options.Combine)
            return MappedColumn.Create(output, keyType, null, [input], row => MakeCombinedGetter(row, input, options));
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        var type = input.Type is VectorDataViewType vector ? (DataViewType)new VectorDataViewType(keyType, vector.Size) : keyType;
        return MappedColumn.Create(output, type, annotations.ToAnnotations(), [input],
            row => HashGetters.Make(row.Input, input, options.Seed, options.NumberOfBits, options.UseOrderedHashing));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        foreach (var column in _columns)
        {
            context.Writer.Write(column.NumberOfBits);
            context.Writer.Write(column.Seed);
            context.Writer.Write(column.UseOrderedHashing);
            context.Writer.Write(column.Combine);
        }
    }

    private static HashingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(HashingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("HASHTRNS", LoaderSignature);

    private static ValueGetter<uint> MakeCombinedGetter(MappedRow row, DataViewSchema.Column input, HashingEstimator.ColumnOptions options)
    {
        var hash = HashGetters.MakeCombined(row.Input, input, options.Seed, options.NumberOfBits);
        return (ref uint value) => value = hash();
    }
}
