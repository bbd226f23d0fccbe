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
            // Keys only convert to keys.
            return new SchemaShape.Column(pair.OutputColumnName, input.Kind, type, input.IsKey, new SchemaShape(Annotations(input, type)));
        }));
    }

    private static IEnumerable<SchemaShape.Column> Annotations(SchemaShape.Column input, PrimitiveDataViewType type)
    {
        bool IsKept(string name) => name switch
        {
            AnnotationKinds.SlotNames => input.Kind == SchemaShape.Column.VectorKind.Vector,
            AnnotationKinds.KeyValues => input.IsKey,
            AnnotationKinds.IsNormalized => input.ItemType is NumberDataViewType && type is NumberDataViewType && !input.IsKey,
            _ => false,
        };
        foreach (var annotation in input.Annotations.Where(annotation => IsKept(annotation.Name)))
            yield return annotation;
        if (input is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: BooleanDataViewType } && type is NumberDataViewType)
            yield return new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
    }
}
