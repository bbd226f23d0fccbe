namespace Microsoft.ML.Transforms;

/// <summary>Maps values to others by a table.</summary>
public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator(IHostEnvironment environment, ValueMap map, string outputColumnName, string inputColumnName)
        : base(environment.Register(nameof(ValueMappingEstimator)), new ValueMappingTransformer(environment, map, (outputColumnName, inputColumnName)))
    {
    }

    /// <summary>The schema with the values of the table.</summary>
    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            var input = inputSchema.Input(Host, pair.InputColumnName);
            var isScalar = input.Kind == SchemaShape.Column.VectorKind.Scalar;
            if (!isScalar)
                Transformer.CheckScalarValues(pair.InputColumnName);
            var map = Transformer.Map;
            SchemaShape.GetColumnTypeShape(map.ValueType, out var kind, out var itemType, out var isKey);
            return isScalar
                ? new SchemaShape.Column(pair.OutputColumnName, kind, itemType, isKey, SchemaShape.Create(map.Annotations.Schema))
                : new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector,
                    itemType, false, SchemaShape.Create(map.Annotations.Schema));
        }));
    }
}

/// <summary>Maps values of one type to values of another by a table.</summary>
public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(IHostEnvironment environment, ValueMap map, string outputColumnName, string inputColumnName)
        : base(environment, map, outputColumnName, inputColumnName)
    {
    }
}
