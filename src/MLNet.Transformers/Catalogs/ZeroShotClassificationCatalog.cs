namespace MLNet.Transformers;

/// <summary>Classifiers that know nothing of their classes but the names, on <c>mlContext.MulticlassClassification</c>.</summary>
public static class ZeroShotClassificationCatalog
{
    /// <summary>Classifies images into classes of which nothing but the names is known, with a CLIP model.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labels">What the classes are called.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a CLIP model.</param>
    /// <param name="imageColumnName">The image: an image, the bytes of an encoded one, or the path of its file.</param>
    /// <param name="template">The text that may stand beside an image of a class, <c>{}</c> for its name.</param>
    /// <remarks>The outputs are those of <see cref="ZeroShotClassificationOptions"/>: PredictedLabel and Score.</remarks>
    /// <example><code>
    /// var model = mlContext.MulticlassClassification.ClassifyImagesZeroShot(["cat", "dog"], "models/clip-vit-base-patch32", "Photo").Fit(photos);
    /// </code></example>
    public static ZeroShotClassificationEstimator ClassifyImagesZeroShot(
        this MulticlassClassificationCatalog catalog,
        IReadOnlyList<string> labels,
        string pretrainedFolder,
        string imageColumnName = "Image",
        string template = "a photo of a {}.") => catalog.ClassifyImagesZeroShot(new ZeroShotClassificationOptions
        {
            Labels = labels,
            PretrainedFolder = pretrainedFolder,
            ImageColumnName = imageColumnName,
            Templates = [template],
        });

    /// <inheritdoc cref="ClassifyImagesZeroShot(MulticlassClassificationCatalog, IReadOnlyList{string}, string, string, string)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Labels, templates, columns and model, which may be one that was trained in this process.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static ZeroShotClassificationEstimator ClassifyImagesZeroShot(this MulticlassClassificationCatalog catalog, ZeroShotClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ZeroShotClassificationEstimator(catalog.GetEnvironment(), options);
    }
}
