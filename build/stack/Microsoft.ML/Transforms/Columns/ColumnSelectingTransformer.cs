[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.ColumnSelectingTransformer), null, typeof(SignatureLoadModel),
    "Select Columns Transform", Microsoft.ML.Transforms.ColumnSelectingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns and drops the others.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string LoaderSignature = "SelectColumnsTransform";

    private readonly IHost _host;

    internal ColumnSelectingTransformer(IHostEnvironment environment, ColumnSelection selection)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(ColumnSelectingTransformer));
        Selection = selection;
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal ColumnSelection Selection { get; }

    /// <summary>The schema of the columns that are kept.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema, nameof(inputSchema)).OutputSchema;

    /// <summary>The view of the columns that are kept.</summary>
    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new SelectedColumnsView(_host, input, Bind(input.Schema, nameof(input)));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema, nameof(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        context.Writer.Write(Selection.Keeps);
        context.Writer.Write(Selection.KeepsHidden);
        context.Writer.Write(Selection.Names.Length);
        foreach (var name in Selection.Names)
            context.SaveNonEmptyString(name);
    }

    private static ColumnSelectingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        var (keeps, keepsHidden) = (context.Reader.ReadBoolean(), context.Reader.ReadBoolean());
        var names = new string[context.Reader.ReadInt32()];
        for (var i = 0; i < names.Length; i++)
            names[i] = context.LoadNonEmptyString();
        return new(environment, new ColumnSelection(names, keeps, keepsHidden));
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("SELCOLST", LoaderSignature);

    private SelectedColumns Bind(DataViewSchema inputSchema, string parameter)
    {
        _host.CheckValue(inputSchema, parameter);
        Selection.Check(_host, inputSchema.Select(column => column.Name));
        return new(inputSchema, Selection.Select(inputSchema));
    }
}
