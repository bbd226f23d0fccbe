namespace MLNet.Transformers;

/// <summary>Vectors of images, on <c>mlContext.ImageEmbedding</c>.</summary>
public sealed partial class ImageEmbeddingCatalog
{
    internal ImageEmbeddingCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        context = mlContext;
        Trainers = new ImageEmbeddingTrainers(mlContext);
    }

    /// <summary>The trainers.</summary>
    public ImageEmbeddingTrainers Trainers { get; }

    /// <summary>Trainers of vectors of images, on <c>mlContext.ImageEmbedding.Trainers</c>.</summary>
    public sealed partial class ImageEmbeddingTrainers
    {
        internal ImageEmbeddingTrainers(MLContext mlContext) => Context = mlContext;

        internal MLContext Context { get; }

        /// <summary>
        /// Trains a transformer on images without labels: <see href="https://arxiv.org/abs/2104.14294">DINO</see>. What was trained gives each
        /// image a vector; it is also what <c>FeaturizeImageWithTransformer</c> takes, and what a classifier's <c>Fit</c> starts from.
        /// </summary>
        /// <param name="imageColumnName">The image: an image, the bytes of an encoded one, or the path of its file.</param>
        /// <param name="outputColumnName">The name of the output, a vector of Single of a known size.</param>
        /// <param name="epochs">Passes over the training rows.</param>
        /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
        /// <example><code>
        /// var pretrained = mlContext.ImageEmbedding.Trainers.TransformerSelfDistillation("Photo", epochs: 100).Fit(photos);
        /// var classifier = mlContext.MulticlassClassification.Trainers.TransformerImageClassification(imageColumnName: "Photo").Fit(labelled, pretrained);
        /// </code></example>
        public ImageFineTuningTrainer TransformerSelfDistillation(
            string imageColumnName = "Image", string outputColumnName = "Features", int epochs = 100, string? pretrainedFolder = null) =>
            TransformerSelfDistillation(new SelfDistillationOptions
            {
                ImageColumnName = imageColumnName,
                OutputColumnName = outputColumnName,
                Epochs = epochs,
                PretrainedFolder = pretrainedFolder,
            });

        /// <inheritdoc cref="TransformerSelfDistillation(string, string, int, string?)"/>
        /// <param name="options">Columns, model, views, training.</param>
        /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
        public ImageFineTuningTrainer TransformerSelfDistillation(SelfDistillationOptions options) => new(Context, options);

        /// <summary>
        /// Trains two transformers on images and their captions, to give both vectors in one space, near each other where they belong
        /// together: <see href="https://arxiv.org/abs/2103.00020">CLIP</see>. What was trained gives each image a vector; it is also what
        /// <c>FeaturizeImagesAndTexts</c> and <c>ClassifyImagesZeroShot</c> take.
        /// </summary>
        /// <param name="imageColumnName">The image: an image, the bytes of an encoded one, or the path of its file.</param>
        /// <param name="textColumnName">In training, what the image shows.</param>
        /// <param name="outputColumnName">The name of the output, a vector of Single of a known size and of length 1.</param>
        /// <param name="epochs">Passes over the training rows.</param>
        /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
        /// <example><code>
        /// var model = mlContext.ImageEmbedding.Trainers.TransformerContrastiveImageText("Photo", "Caption", epochs: 30).Fit(captioned);
        /// var places = mlContext.ImageEmbedding.FeaturizeImagesAndTexts(new ImageTextFeaturizingOptions { Model = model, ImageColumnName = "Photo", TextColumnName = "Caption" });
        /// </code></example>
        public ContrastiveImageTextTrainer TransformerContrastiveImageText(
            string imageColumnName = "Image",
            string textColumnName = "Text",
            string outputColumnName = "Features",
            int epochs = 30,
            string? pretrainedFolder = null) => TransformerContrastiveImageText(new ContrastiveImageTextOptions
            {
                ImageColumnName = imageColumnName,
                TextColumnName = textColumnName,
                OutputColumnName = outputColumnName,
                Epochs = epochs,
                PretrainedFolder = pretrainedFolder,
            });

        /// <inheritdoc cref="TransformerContrastiveImageText(string, string, string, int, string?)"/>
        /// <param name="options">Columns, model, training.</param>
        /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
        public ContrastiveImageTextTrainer TransformerContrastiveImageText(ContrastiveImageTextOptions options) => new(Context, options);
    }
}
