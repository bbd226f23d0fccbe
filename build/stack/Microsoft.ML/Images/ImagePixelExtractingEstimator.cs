namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes vectors of the pixels of images that have one known size.</summary>
public sealed class ImagePixelExtractingEstimator : TrivialEstimator<ImagePixelExtractingTransformer>
{
    internal ImagePixelExtractingEstimator(
        IHostEnvironment environment, PixelExtraction extraction, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ImagePixelExtractingEstimator)), new ImagePixelExtractingTransformer(environment, extraction, columns))
    {
    }

    /// <summary>Which colours are taken.</summary>
    [Flags]
    public enum ColorBits : byte
    {
        Alpha = 0x01,
        Red = 0x02,
        Green = 0x04,
        Blue = 0x08,
        Rgb = Red | Green | Blue,
        All = Alpha | Red | Green | Blue,
    }

    /// <summary>The order that colours are taken in.</summary>
    public enum ColorsOrder : byte
    {
        ARGB = 1,
        ARBG = 2,
        ABRG = 3,
        ABGR = 4,
        AGRB = 5,
        AGBR = 6,
    }

    /// <summary>The schema with a vector of a known size for each image.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            inputSchema.ImageInput(Host, pair.InputColumnName);
            var item = Transformer.Extraction.AsFloats ? NumberDataViewType.Single : NumberDataViewType.Byte;
            return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Vector, item, false);
        }));
    }
}
