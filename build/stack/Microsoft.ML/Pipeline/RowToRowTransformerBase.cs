namespace Microsoft.ML.Data;

/// <summary>
/// A transformer that adds columns to each row by itself. What derives from it says which columns, in
/// <see cref="MapColumns"/>, and how it is saved; schema, cursors, mapper and hidden columns follow.
/// </summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected readonly IHost Host;

    private protected RowToRowTransformerBase(IHost host) => Host = Contracts.CheckValue(host, nameof(host));

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new MappedDataView(Host, input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        SaveModel(ctx);
    }

    /// <summary>The columns that are added to rows of a schema; this checks the schema and computes no values.</summary>
    private protected abstract IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private RowMapping Bind(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return new(Host, inputSchema, MapColumns(inputSchema));
    }
}
