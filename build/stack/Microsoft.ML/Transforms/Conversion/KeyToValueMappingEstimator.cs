namespace Microsoft.ML.Transforms;

/// <summary>Turns keys back into the values that they stand for.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(KeyToValueMappingEstimator)), new KeyToValueMappingTransformer(environment, columns))
    {
    }

    /// <summary>The schema with values in place of keys.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.Input(Host, pair.InputColumnName, column => column.IsKey, "KeyType");
            if (!input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values))
                throw Host.ExceptParam(nameof(inputSchema), $"Input column '{pair.InputColumnName}' doesn't contain key values metadata");
            var annotations = input.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames);
            return new SchemaShape.Column(pair.OutputColumnName, input.Kind, values.ItemType, values.IsKey, new SchemaShape(annotations));
        }));
    }
}
