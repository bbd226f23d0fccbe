namespace Microsoft.ML.Transforms;

/// <summary>Turns values into vectors with a 1 where the value is; it is saved as the chain of stages that it is made of.</summary>
public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly ITransformer _stages;

    internal OneHotEncodingTransformer(ITransformer stages) => _stages = stages;

    bool ITransformer.IsRowToRowMapper => _stages.IsRowToRowMapper;

    /// <summary>The schema with vectors in place of values.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _stages.GetOutputSchema(inputSchema);

    /// <summary>The view with vectors in place of values.</summary>
    public IDataView Transform(IDataView input) => _stages.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => _stages.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext context) => _stages.Save(context);
}
