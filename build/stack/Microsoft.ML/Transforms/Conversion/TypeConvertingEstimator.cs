namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(
        IHostEnvironment environment, DataKind outputKind, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(TypeConvertingEstimator)), new TypeConvertingTransformer(environment, outputKind, columns))
    {
    }

    /// <summary>The schema with the new types.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.Input(Host, pair.InputColumnName);
            var type = PrimitiveTypes.Of(Transformer.OutputKind);
            if (TypeConversion.FindOrNull(input.ItemType.RawType, type.RawType) is null)
                throw Host.ExceptParam(nameof(inputSchema), $"Don't know how to convert {pair.InputColumnName} into {type}");
            return new SchemaShape.Column(pair.OutputColumnName, input.Kind, type, false, input.Annotations);
        }));
    }
}
