namespace Microsoft.ML;

/// <summary>A stage that has yet to see data; what comes of it is a transformer.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);

    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
