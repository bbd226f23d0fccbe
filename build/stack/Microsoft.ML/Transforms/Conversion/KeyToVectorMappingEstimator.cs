namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors with a 1 where the key is.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    internal KeyToVectorMappingEstimator(
        IHostEnvironment environment, bool countsKeys, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(KeyToVectorMappingEstimator)), new KeyToVectorMappingTransformer(environment, countsKeys, columns))
    {
    }

    /// <summary>The schema with vectors of reals in place of keys.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair => Map(pair.OutputColumnName, inputSchema.Input(Host, pair.InputColumnName))));
    }

    private SchemaShape.Column Map(string output, SchemaShape.Column input)
    {
        if (!input.ItemType.IsStandardScalar())
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name);
        var counts = Transformer.CountsKeys;
        var isScalar = input.Kind == SchemaShape.Column.VectorKind.Scalar;
        var isVariable = input.Kind == SchemaShape.Column.VectorKind.VariableVector;
        var annotations = new List<SchemaShape.Column>();
        if (input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.ItemType is TextDataViewType
            && (!isVariable || (counts && input.IsKey)))
            annotations.Add(AnnotationShapes.Names(AnnotationKinds.SlotNames));
        if (!counts && !isVariable)
            annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, false));
        if (!counts || isScalar)
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        return new(output, isVariable && !counts ? input.Kind : SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single, false, new SchemaShape(annotations));
    }
}
