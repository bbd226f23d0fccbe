namespace Microsoft.ML.Transforms.Text;

/// <summary>Takes given words out of vectors of words.</summary>
public sealed class CustomStopWordsRemovingEstimator : TrivialEstimator<CustomStopWordsRemovingTransformer>
{
    internal CustomStopWordsRemovingEstimator(
        IHostEnvironment environment, string[] stopWords, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(CustomStopWordsRemovingEstimator)),
            new CustomStopWordsRemovingTransformer(environment, stopWords, columns))
    {
    }

    /// <summary>The schema with vectors of words of any size.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.Input(Host, pair.InputColumnName);
            if (input.Kind == SchemaShape.Column.VectorKind.Scalar || input.ItemType is not TextDataViewType)
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName, "vector of Text type", input.ItemType.ToString());
            return new SchemaShape.Column(
                pair.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, false);
        }));
    }
}
