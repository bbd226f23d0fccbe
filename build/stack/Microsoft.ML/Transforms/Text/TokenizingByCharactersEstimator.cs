namespace Microsoft.ML.Transforms.Text;

/// <summary>Splits text into its characters, as keys.</summary>
public sealed class TokenizingByCharactersEstimator : TrivialEstimator<TokenizingByCharactersTransformer>
{
    internal const string Expected = "String";

    internal TokenizingByCharactersEstimator(
        IHostEnvironment environment, bool useMarkerCharacters, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(TokenizingByCharactersEstimator)),
            new TokenizingByCharactersTransformer(environment, useMarkerCharacters, columns))
    {
    }

    /// <summary>The schema with a vector of keys of any size for each column.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.TextInput(Host, pair.InputColumnName, Expected);
            var annotations = input.Annotations.Where(column => column.Name == AnnotationKinds.SlotNames)
                .Append(AnnotationShapes.Names(AnnotationKinds.KeyValues));
            return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector,
                NumberDataViewType.UInt16, true, new SchemaShape(annotations));
        }));
    }
}
