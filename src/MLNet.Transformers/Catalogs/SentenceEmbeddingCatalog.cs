namespace MLNet.Transformers;

/// <summary>Vectors of texts, on <c>mlContext.SentenceEmbedding</c>.</summary>
public sealed partial class SentenceEmbeddingCatalog
{
    internal SentenceEmbeddingCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        Trainers = new SentenceEmbeddingTrainers(mlContext);
    }

    /// <summary>The trainers.</summary>
    public SentenceEmbeddingTrainers Trainers { get; }

    /// <summary>Trainers of sentence embeddings, on <c>mlContext.SentenceEmbedding.Trainers</c>.</summary>
    public sealed partial class SentenceEmbeddingTrainers
    {
        internal SentenceEmbeddingTrainers(MLContext mlContext) => Context = mlContext;

        internal MLContext Context { get; }

        /// <summary>
        /// Trains a transformer to make each text a vector, near those of texts that mean the same. What was trained is also what
        /// <c>mlContext.Transforms.Text.FeaturizeTextWithTransformer</c> takes, for any other column; saved with
        /// <see cref="FineTunedTransformer.SavePretrained"/>, it is a folder of <see href="https://sbert.net">sentence-transformers</see>.
        /// </summary>
        /// <param name="textColumnName">The text that is made a vector.</param>
        /// <param name="partnerColumnName">In training, a text that means the same, or where there is a similarity any other.</param>
        /// <param name="negativeColumnName">In training, a text that should be far away; null for none.</param>
        /// <param name="similarityColumnName">In training, how alike the text and its partner are, a Single from 0 to 1; null where every partner means the same as its text.</param>
        /// <param name="embeddingColumnName">The name of the output, a vector of Single of a known size.</param>
        /// <param name="epochs">Passes over the training rows.</param>
        /// <param name="pretrainedFolder">A Hugging Face or sentence-transformers folder to start from; null to start from scratch.</param>
        /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
        /// <example><code>
        /// var model = mlContext.SentenceEmbedding.Trainers.TransformerSentenceEmbedding(textColumnName: "Question", partnerColumnName: "Answer").Fit(faq);
        /// var featurize = mlContext.Transforms.Text.FeaturizeTextWithTransformer("Vector", "Answer", model);
        /// </code></example>
        public FineTuningTrainer TransformerSentenceEmbedding(
            string textColumnName = "Text",
            string partnerColumnName = "Partner",
            string? negativeColumnName = null,
            string? similarityColumnName = null,
            string embeddingColumnName = "Embedding",
            int epochs = 3,
            string? pretrainedFolder = null,
            IDataView? validationSet = null) => TransformerSentenceEmbedding(new SentenceEmbeddingOptions
            {
                TextColumnName = textColumnName,
                PartnerColumnName = partnerColumnName,
                NegativeColumnName = negativeColumnName,
                SimilarityColumnName = similarityColumnName,
                EmbeddingColumnName = embeddingColumnName,
                Epochs = epochs,
                PretrainedFolder = pretrainedFolder,
                ValidationSet = validationSet,
            });

        /// <inheritdoc cref="TransformerSentenceEmbedding(string, string, string?, string?, string, int, string?, IDataView?)"/>
        /// <param name="options">Columns, model, loss, training.</param>
        /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
        public FineTuningTrainer TransformerSentenceEmbedding(SentenceEmbeddingOptions options) => new(Context, options);
    }
}
