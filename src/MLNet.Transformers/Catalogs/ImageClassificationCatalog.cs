namespace MLNet.Transformers;

/// <summary>Classifiers of images, on <c>mlContext.MulticlassClassification</c> and its <c>Trainers</c>.</summary>
public static class ImageClassificationCatalog
{
    /// <summary>Trains a transformer to tell images apart.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The class of each row, a key.</param>
    /// <param name="imageColumnName">The image: an image, the bytes of an encoded one, or the path of its file.</param>
    /// <param name="scoreColumnName">The name of the output with one probability a class.</param>
    /// <param name="predictedLabelColumnName">The name of the output with the likeliest class, a key.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Species")
    ///     .Append(mlContext.MulticlassClassification.Trainers.TransformerImageClassification(imageColumnName: "Photo", pretrainedFolder: "models/vit-base-patch16-224"))
    ///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// </code></example>
    public static ImageFineTuningTrainer TransformerImageClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string imageColumnName = "Image",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerImageClassification(new ImageClassificationOptions
        {
            LabelColumnName = labelColumnName,
            ImageColumnName = imageColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerImageClassification(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, string, string, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, augmentation, training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public static ImageFineTuningTrainer TransformerImageClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, ImageClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ImageFineTuningTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>Classifies images with a published model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a model for image classification, whose config names the classes.</param>
    /// <param name="imageColumnName">The image: an image, the bytes of an encoded one, or the path of its file.</param>
    /// <remarks>The outputs are those of <see cref="ImageClassificationOptions"/>: PredictedLabel and Score.</remarks>
    public static PretrainedImageTaskEstimator ClassifyImages(
        this MulticlassClassificationCatalog catalog, string pretrainedFolder, string imageColumnName = "Image") =>
        catalog.ClassifyImages(new ImageClassificationOptions { PretrainedFolder = pretrainedFolder, ImageColumnName = imageColumnName });

    /// <inheritdoc cref="ClassifyImages(MulticlassClassificationCatalog, string, string)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder and the columns; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedImageTaskEstimator ClassifyImages(this MulticlassClassificationCatalog catalog, ImageClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedImageTaskEstimator(catalog.GetEnvironment(), options);
    }
}
