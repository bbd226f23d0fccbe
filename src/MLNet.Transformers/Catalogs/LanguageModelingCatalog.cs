namespace MLNet.Transformers;

/// <summary>Models of language itself, on <c>mlContext.LanguageModeling</c>.</summary>
public sealed partial class LanguageModelingCatalog
{
    internal LanguageModelingCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        Trainers = new LanguageModelingTrainers(mlContext);
    }

    /// <summary>The trainers.</summary>
    public LanguageModelingTrainers Trainers { get; }

    /// <summary>Trainers of language models, on <c>mlContext.LanguageModeling.Trainers</c>.</summary>
    public sealed partial class LanguageModelingTrainers
    {
        internal LanguageModelingTrainers(MLContext mlContext) => Context = mlContext;

        internal MLContext Context { get; }

        /// <summary>
        /// Trains a transformer to guess hidden tokens of plain text: <see href="https://arxiv.org/abs/1810.04805">Devlin et al., 2019</see>.
        /// Saved with <see cref="FineTunedTransformer.SavePretrained"/>, it is what other trainers start from; as a stage, it fills in masks.
        /// </summary>
        /// <param name="textColumnName">The text: in training to learn from, afterwards with mask tokens to fill in.</param>
        /// <param name="tokensColumnName">The name of the output with the likeliest tokens, a vector of text.</param>
        /// <param name="scoresColumnName">The name of the output with the probabilities of those tokens, a vector of Single.</param>
        /// <param name="filledTextColumnName">The name of the output with the text, the likeliest token in each mask's place.</param>
        /// <param name="epochs">Passes over the training rows.</param>
        /// <param name="pretrainedFolder">A Hugging Face folder whose model goes on learning; null to start from scratch.</param>
        /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
        /// <example><code>
        /// mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(textColumnName: "Article", epochs: 10).Fit(articles).SavePretrained("mine");
        /// var classifier = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(pretrainedFolder: "mine");
        /// </code></example>
        public FineTuningTrainer TransformerMaskedLanguageModel(
            string textColumnName = "Text",
            string tokensColumnName = "Tokens",
            string scoresColumnName = "Scores",
            string filledTextColumnName = "FilledText",
            int epochs = 3,
            string? pretrainedFolder = null,
            IDataView? validationSet = null) => TransformerMaskedLanguageModel(new MaskedLanguageModelOptions
            {
                TextColumnName = textColumnName,
                TokensColumnName = tokensColumnName,
                ScoresColumnName = scoresColumnName,
                FilledTextColumnName = filledTextColumnName,
                Epochs = epochs,
                PretrainedFolder = pretrainedFolder,
                ValidationSet = validationSet,
            });

        /// <inheritdoc cref="TransformerMaskedLanguageModel(string, string, string, string, int, string?, IDataView?)"/>
        /// <param name="options">Columns, model, masking, training.</param>
        /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
        public FineTuningTrainer TransformerMaskedLanguageModel(MaskedLanguageModelOptions options) => new(Context, options);
    }
}
