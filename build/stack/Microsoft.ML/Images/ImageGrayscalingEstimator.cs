namespace Microsoft.ML.Transforms.Image;

/// <summary>Takes the colours out of images.</summary>
public sealed class ImageGrayscalingEstimator : TrivialEstimator<ImageGrayscalingTransformer>
{
    internal ImageGrayscalingEstimator(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ImageGrayscalingEstimator)), new ImageGrayscalingTransformer(environment, columns))
    {
    }

    /// <summary>The schema with an image for each image.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
            inputSchema.ImageInput(Host, pair.InputColumnName).As(pair.OutputColumnName)));
    }
}
