namespace Microsoft.ML.Transforms.Text;

/// <summary>Brings text to one case, with or without diacritics, punctuation and numbers.</summary>
public sealed class TextNormalizingEstimator : TrivialEstimator<TextNormalizingTransformer>
{
    internal const string Expected = "String or vector of String";

    internal TextNormalizingEstimator(
        IHostEnvironment environment, TextNormalizer normalizer, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(TextNormalizingEstimator)), new TextNormalizingTransformer(environment, normalizer, columns))
    {
    }

    /// <summary>The case that letters are brought to.</summary>
    public enum CaseMode
    {
        /// <summary>Small letters.</summary>
        Lower = 0,

        /// <summary>Capital letters.</summary>
        Upper = 1,

        /// <summary>As they are.</summary>
        None = 2,
    }

    /// <summary>The schema with text for text, and vectors of any size for vectors of text.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.TextInput(Host, pair.InputColumnName, Expected);
            var kind = input.Kind == SchemaShape.Column.VectorKind.Scalar
                ? SchemaShape.Column.VectorKind.Scalar : SchemaShape.Column.VectorKind.VariableVector;
            return new SchemaShape.Column(pair.OutputColumnName, kind, TextDataViewType.Instance, false);
        }));
    }
}
