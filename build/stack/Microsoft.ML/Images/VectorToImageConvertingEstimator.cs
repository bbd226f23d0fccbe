namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes images of vectors that hold their colours.</summary>
public sealed class VectorToImageConvertingEstimator : TrivialEstimator<VectorToImageConvertingTransformer>
{
    internal VectorToImageConvertingEstimator(
        IHostEnvironment environment, ImageMaking making, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(VectorToImageConvertingEstimator)), new VectorToImageConvertingTransformer(environment, making, columns))
    {
    }

    /// <summary>The schema with an image for each vector.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            inputSchema.Input(Host, pair.InputColumnName,
                column => column.Kind == SchemaShape.Column.VectorKind.Vector && !column.IsKey
                    && column.ItemType.RawType is var item && (item == typeof(float) || item == typeof(double) || item == typeof(byte)),
                "known-size vector of type Single, Double or Byte");
            return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Scalar, Transformer.Making.Type, false);
        }));
    }
}
