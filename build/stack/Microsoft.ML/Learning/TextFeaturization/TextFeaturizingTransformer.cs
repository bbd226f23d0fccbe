[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.TextFeaturizingTransformer), null, typeof(SignatureLoadModel),
    "Text Transform", Microsoft.ML.Transforms.Text.TextFeaturizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>The fitted stages of featurizing text, as one.</summary>
internal sealed class TextFeaturizingTransformer(IHostEnvironment env, ITransformer chain) : ITransformer
{
    public const string LoaderSignature = "Text";
    private const string ChainName = "Chain";
    private readonly IHost _host = env.Register(nameof(TextFeaturizingTransformer));

    bool ITransformer.IsRowToRowMapper => true;

    private static VersionInfo Version =>
        new("TEXTXFRM", 0x00010001, 0x00010001, 0x00010001, typeof(TextFeaturizingTransformer).Assembly.FullName, LoaderSignature);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => chain.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => chain.Transform(_host.CheckValue(input, nameof(input)));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => chain.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        _host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveModel(chain, ChainName);
    }

    private static TextFeaturizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        ctx.LoadModel<ITransformer, SignatureLoadModel>(env, out var chain, ChainName);
        return new(env, chain);
    }
}
