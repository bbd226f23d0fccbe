using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>Loads images, or the bytes of their files, from the files that a text column names.</summary>
public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(
        IHostEnvironment environment, string imageFolder, bool asImage, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ImageLoadingEstimator)), new ImageLoadingTransformer(environment, imageFolder, asImage, columns))
    {
    }

    /// <summary>The schema with an image, or a vector of bytes of any size, for each text.</summary>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.ColumnPairs.Select(pair =>
        {
            inputSchema.Input(Host, pair.InputColumnName,
                column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: TextDataViewType }, TextDataViewType.Instance.ToString());
            return Transformer.AsImage
                ? new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(), false)
                : new(pair.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Byte, false);
        }));
    }
}
