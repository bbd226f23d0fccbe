namespace MLNet.Transformers;

/// <summary>Images and texts in one space, on <c>mlContext.ImageEmbedding</c>.</summary>
public sealed partial class ImageEmbeddingCatalog
{
    private readonly MLContext context;

    /// <summary>
    /// Gives images and texts vectors in one space with a CLIP model, near each other where they belong together: the cosine of two of
    /// them says how well, so that either finds the other.
    /// </summary>
    /// <param name="pretrainedFolder">A Hugging Face folder with a CLIP model.</param>
    /// <param name="imageColumnName">The image: an image, the bytes of an encoded one, or the path of its file; null to read texts alone.</param>
    /// <param name="textColumnName">The text; null to read images alone.</param>
    /// <remarks>The outputs are those of <see cref="ImageTextFeaturizingOptions"/>: ImageFeatures and TextFeatures.</remarks>
    public ImageTextFeaturizingEstimator FeaturizeImagesAndTexts(
        string pretrainedFolder, string? imageColumnName = "Image", string? textColumnName = "Text") =>
        FeaturizeImagesAndTexts(new ImageTextFeaturizingOptions
        {
            PretrainedFolder = pretrainedFolder,
            ImageColumnName = imageColumnName,
            TextColumnName = textColumnName,
        });

    /// <inheritdoc cref="FeaturizeImagesAndTexts(string, string?, string?)"/>
    /// <param name="options">Columns and model, which may be one that was trained in this process.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public ImageTextFeaturizingEstimator FeaturizeImagesAndTexts(ImageTextFeaturizingOptions options) => new(context, options);
}
