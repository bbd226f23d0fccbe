namespace Microsoft.ML.Transforms;

/// <summary>Tells which values are missing.</summary>
public sealed class MissingValueIndicatorEstimator : TrivialEstimator<MissingValueIndicatorTransformer>
{
    internal MissingValueIndicatorEstimator(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(MissingValueIndicatorEstimator)), new MissingValueIndicatorTransformer(environment, columns))
    {
    }

    /// <summary>The schema with a boolean for each value.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.Input(Host, pair.InputColumnName);
            if (!PrimitiveValues.CanMiss(input.ItemType))
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName);
            var annotations = input.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames)
                .Append(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
            return new SchemaShape.Column(pair.OutputColumnName, input.Kind, BooleanDataViewType.Instance, false, new SchemaShape(annotations));
        }));
    }
}
