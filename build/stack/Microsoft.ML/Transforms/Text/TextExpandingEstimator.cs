namespace Microsoft.ML.Transforms.Text;

/// <summary>Writes the terms of text out as often as the text says.</summary>
internal sealed class TextExpandingEstimator : TrivialEstimator<TextExpandingTransformer>
{
    public TextExpandingEstimator(IHostEnvironment environment, string column, char termSeparator, char frequencySeparator)
        : base(environment.Register(nameof(TextExpandingEstimator)),
            new TextExpandingTransformer(environment, column, termSeparator, frequencySeparator))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var column = inputSchema.Input(Host, Transformer.ColumnPairs[0].InputColumnName);
        return inputSchema.With([new SchemaShape.Column(
            column.Name, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false)]);
    }
}
