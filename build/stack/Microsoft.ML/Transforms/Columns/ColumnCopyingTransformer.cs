[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.ColumnCopyingTransformer), null, typeof(SignatureLoadModel),
    "Copy Columns Transform", Microsoft.ML.Transforms.ColumnCopyingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Gives columns another name as well.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ColumnCopyingTransformer)), columns)
    {
    }

    private ColumnCopyingTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input) => MappedColumn.Copy(output, input);

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
    }

    private static ColumnCopyingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(ColumnCopyingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("COPYCOLT", LoaderSignature);
}
