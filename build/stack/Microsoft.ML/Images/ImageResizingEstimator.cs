namespace Microsoft.ML.Transforms.Image;

/// <summary>Brings images to one size.</summary>
public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    internal ImageResizingEstimator(
        IHostEnvironment environment, ImageResizing resizing, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ImageResizingEstimator)), new ImageResizingTransformer(environment, resizing, columns))
    {
    }

    /// <summary>What happens to the shape of an image.</summary>
    public enum ResizingKind : byte
    {
        /// <summary>It is kept, and what is left over is black.</summary>
        IsoPad = 0,

        /// <summary>It is kept, and what stands out is cut off.</summary>
        IsoCrop = 1,

        /// <summary>It is lost.</summary>
        Fill = 2,
    }

    /// <summary>The side that is kept where an image is cut.</summary>
    public enum Anchor : byte
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }

    /// <summary>The schema with an image for each image.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            inputSchema.ImageInput(Host, pair.InputColumnName);
            return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Scalar, Transformer.Resizing.Type, false);
        }));
    }
}
