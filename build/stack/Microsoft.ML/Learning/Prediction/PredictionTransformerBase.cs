namespace Microsoft.ML.Data;

/// <summary>A transformer that adds the predictions of a model.</summary>
public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable
    where TModel : class
{
    private protected const string ModelName = "Model";
    private protected readonly IHost Host;
    private bool _isDisposed;

    private protected PredictionTransformerBase(IHost host, TModel model) =>
        (Host, Model) = (host, host.CheckValue(model, nameof(model)));

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new MappedDataView(Host, input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return Bind(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        SaveModel(ctx);
    }

    public void Dispose()
    {
        if (!_isDisposed)
            (Model as IDisposable)?.Dispose();
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private protected abstract RowMapping Bind(DataViewSchema inputSchema);
}
