namespace Microsoft.ML.Transforms;

/// <summary>Scales each vector by its own norm.</summary>
public abstract class LpNormNormalizingEstimatorBase : TrivialEstimator<LpNormNormalizingTransformer>
{
    internal const string ExpectedColumnType = "Expected known-size vector of Single";

    private protected LpNormNormalizingEstimatorBase(IHostEnvironment env, LpNormNormalizingTransformer transformer)
        : base(env.Register(nameof(LpNormNormalizingEstimator)), transformer)
    {
    }

    /// <summary>The norm of a vector, or the standard deviation of its values.</summary>
    public enum NormFunction : byte
    {
        L2,
        StandardDeviation,
        L1,
        Infinity,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair => Normalized(pair.OutputColumnName,
            inputSchema.Input(Host, pair.InputColumnName, IsVectorOfSingles, ExpectedColumnType))));
    }

    private static bool IsVectorOfSingles(SchemaShape.Column column) =>
        column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType == NumberDataViewType.Single;

    private static SchemaShape.Column Normalized(string name, SchemaShape.Column input)
    {
        var slotNames = input.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames);
        var isNormalized = new SchemaShape.Column(
            AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
        return new(name, input.Kind, input.ItemType, false, new([.. slotNames, isNormalized]));
    }
}
