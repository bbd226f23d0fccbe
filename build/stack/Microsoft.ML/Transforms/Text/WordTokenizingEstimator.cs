namespace Microsoft.ML.Transforms.Text;

/// <summary>Splits text into words.</summary>
public sealed class WordTokenizingEstimator : TrivialEstimator<WordTokenizingTransformer>
{
    internal const string Expected = "String or Vector of String";

    internal WordTokenizingEstimator(
        IHostEnvironment environment, char[] separators, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(WordTokenizingEstimator)), new WordTokenizingTransformer(environment, separators, columns))
    {
    }

    /// <summary>The schema with a vector of words of any size for each column.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            inputSchema.TextInput(Host, pair.InputColumnName, Expected);
            return new SchemaShape.Column(
                pair.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, false);
        }));
    }
}
