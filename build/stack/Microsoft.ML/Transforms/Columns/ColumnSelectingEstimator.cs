namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns and drops the others.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(IHostEnvironment environment, ColumnSelection selection)
        : base(environment.Register(nameof(ColumnSelectingEstimator)), new ColumnSelectingTransformer(environment, selection))
    {
    }

    /// <summary>The schema of the columns that are kept.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        Transformer.Selection.Check(Host, inputSchema.Select(column => column.Name));
        return new SchemaShape(inputSchema.Where(column => Transformer.Selection.KeepsName(column.Name)));
    }
}
