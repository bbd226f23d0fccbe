[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.NgramExtractingTransformer), null, typeof(SignatureLoadModel),
    "NGram Transform", Microsoft.ML.Transforms.Text.NgramExtractingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>Turns sequences of keys into vectors of n-gram weights.</summary>
public sealed class NgramExtractingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NgramTransform";

    private readonly NgramModel[] _models;

    internal NgramExtractingTransformer(IHost host, params (string Output, string Input, NgramModel Model)[] columns)
        : base(host, [.. columns.Select(column => (column.Output, column.Input))]) =>
        _models = [.. columns.Select(column => column.Model)];

    private NgramExtractingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _models = [.. ColumnPairs.Select(_ => new NgramModel(context.Reader))];

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (!NgramExtractingEstimator.IsVectorOfKeys(input.Type))
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, NgramExtractingEstimator.Expected, input.Type.ToString());
        var model = _models[pair];
        var annotations = new DataViewSchema.Annotations.Builder();
        if (input.HasKeyValues())
            annotations.AddSlotNames(model.Count, (ref VBuffer<ReadOnlyMemory<char>> names) => model.GetSlotNames(input, ref names));
        return MappedColumn.Create(output, new VectorDataViewType(NumberDataViewType.Single, model.Count), annotations.ToAnnotations(), [input],
            row => model.MakeGetter(KeyGetters.GetUInt32s(row.Input, input), input.Type.GetItemType().GetKeyCount()));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        foreach (var model in _models)
            model.Save(context.Writer);
    }

    private static NgramExtractingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(NgramExtractingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("NGRAMTRN", LoaderSignature);
}
