[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.NormalizingTransformer), null, typeof(SignatureLoadModel),
    "Normalizer", Microsoft.ML.Transforms.NormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Scales columns as was learnt.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";
    private const string ExpectedType = "scalar or known-size vector of Single";
    private readonly ColumnNormalizer[] _normalizers;

    internal NormalizingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, ColumnNormalizer[] normalizers)
        : base(env.Register(nameof(NormalizingTransformer)), columns) => _normalizers = normalizers;

    private NormalizingTransformer(IHost host, ModelLoadContext ctx)
        : base(host, ctx) => _normalizers = [.. ColumnPairs.Select(_ => ColumnNormalizer.Load(ctx.Reader))];

    private static VersionInfo Version =>
        new("NORMALZR", 0x00010001, 0x00010001, 0x00010001, typeof(NormalizingTransformer).Assembly.FullName, LoaderSignature);

    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Host.CheckUserArg(index >= 0 && index < _normalizers.Length, nameof(index),
            $"Not valid. Valid range is from 0 (inclusive) to {_normalizers.Length} (exclusive) but got {index}.");
        return _normalizers[index].Parameters;
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (input.Type is VectorDataViewType { IsKnownSize: false })
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, ExpectedType, "variable-size vector");
        if (input.Type.GetItemType() != NumberDataViewType.Single && input.Type.GetItemType() != NumberDataViewType.Double)
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, ExpectedType, input.Type.ToString());
        return _normalizers[pair].Map(output, input);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach (var normalizer in _normalizers)
            normalizer.Save(ctx.Writer);
    }

    private static NormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new(env.Register(nameof(NormalizingTransformer)), ctx);
    }
}
