namespace MLNet.Transformers;

/// <summary>Featurizers of images, on <c>mlContext.Transforms</c>.</summary>
public static class ImageFeaturizerCatalog
{
    /// <summary>Makes each image a vector with a transformer's backbone; any trainer of ML.NET takes it as <c>Features</c>.</summary>
    /// <remarks>
    /// Trainers read their input several times, and each time images go through the model again: put
    /// <c>AppendCacheCheckpoint(mlContext)</c> after this stage.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, a vector of <see cref="float"/> of a known size.</param>
    /// <param name="inputColumnName">The image: an image, the bytes of an encoded one, or the path of its file; null for a column of the output's name, which the vectors then hide.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder.</param>
    /// <param name="features">What features are made of; null for what the model's family classifies by, and for CLIP the place among texts.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Photo", "models/dinov2-small"))
    ///     .AppendCacheCheckpoint(mlContext)
    ///     .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    /// </code></example>
    public static ImageFeaturizingEstimator FeaturizeImageWithTransformer(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        string pretrainedFolder,
        ImageFeatures? features = null) => catalog.FeaturizeImageWithTransformer(new ImageFeaturizingOptions
        {
            OutputColumnName = outputColumnName,
            ImageColumnName = inputColumnName ?? outputColumnName,
            PretrainedFolder = pretrainedFolder,
            Features = features,
        });

    /// <summary>Makes each image a vector with the backbone of a model that was trained in this process.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, a vector of <see cref="float"/> of a known size.</param>
    /// <param name="inputColumnName">The image; null for a column of the output's name, which the vectors then hide.</param>
    /// <param name="model">The trained model; fitting copies its backbone and its preprocessing.</param>
    /// <param name="features">What features are made of; null for what the model's family classifies by, and for CLIP the place among texts.</param>
    public static ImageFeaturizingEstimator FeaturizeImageWithTransformer(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        FineTunedImageTransformer model,
        ImageFeatures? features = null) => catalog.FeaturizeImageWithTransformer(new ImageFeaturizingOptions
        {
            OutputColumnName = outputColumnName,
            ImageColumnName = inputColumnName ?? outputColumnName,
            Model = model,
            Features = features,
        });

    /// <inheritdoc cref="FeaturizeImageWithTransformer(TransformsCatalog, string, string?, string, ImageFeatures?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, what features are made of, preprocessing.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static ImageFeaturizingEstimator FeaturizeImageWithTransformer(this TransformsCatalog catalog, ImageFeaturizingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ImageFeaturizingEstimator(catalog.GetEnvironment(), options);
    }
}
