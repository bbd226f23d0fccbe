namespace MLNet.Transformers;

/// <summary>Models that give texts a number, on <c>mlContext.Regression.Trainers</c>.</summary>
public static class TextRegressionCatalog
{
    /// <summary>Trains a transformer to give a text, or a pair of texts, a number.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The number of each row, a Single.</param>
    /// <param name="textColumnName">The text.</param>
    /// <param name="textPairColumnName">A second text, read after the first; null for none.</param>
    /// <param name="scoreColumnName">The name of the output, a Single.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    /// <example><code>
    /// var trainer = mlContext.Regression.Trainers.TransformerTextRegression(labelColumnName: "Stars", textColumnName: "Review");
    /// var metrics = mlContext.Regression.Evaluate(trainer.Fit(training).Transform(test), labelColumnName: "Stars");
    /// </code></example>
    public static FineTuningTrainer TransformerTextRegression(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string textColumnName = "Text",
        string? textPairColumnName = null,
        string scoreColumnName = "Score",
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerTextRegression(new TextRegressionOptions
        {
            LabelColumnName = labelColumnName,
            TextColumnName = textColumnName,
            TextPairColumnName = textPairColumnName,
            ScoreColumnName = scoreColumnName,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerTextRegression(RegressionCatalog.RegressionTrainers, string, string, string?, string, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, training.</param>
    /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerTextRegression(this RegressionCatalog.RegressionTrainers catalog, TextRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>Trains a transformer to read two sentences together and say how alike they are.</summary>
    /// <remarks>
    /// Reading them together is the more exact way; to compare each with many others, train a vector a sentence instead:
    /// <c>mlContext.SentenceEmbedding.Trainers</c>.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">How alike the sentences of each row are, a Single.</param>
    /// <param name="firstSentenceColumnName">A sentence.</param>
    /// <param name="secondSentenceColumnName">Another.</param>
    /// <param name="scoreColumnName">The name of the output, a Single.</param>
    /// <param name="minimumScore">The score of sentences that have nothing in common.</param>
    /// <param name="maximumScore">The score of sentences that mean the same.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    public static FineTuningTrainer TransformerSentenceSimilarity(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string firstSentenceColumnName = "Sentence1",
        string secondSentenceColumnName = "Sentence2",
        string scoreColumnName = "Score",
        float minimumScore = 0,
        float maximumScore = 5,
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerSentenceSimilarity(new SentenceSimilarityOptions
        {
            LabelColumnName = labelColumnName,
            FirstSentenceColumnName = firstSentenceColumnName,
            SecondSentenceColumnName = secondSentenceColumnName,
            ScoreColumnName = scoreColumnName,
            MinimumScore = minimumScore,
            MaximumScore = maximumScore,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerSentenceSimilarity(RegressionCatalog.RegressionTrainers, string, string, string, string, float, float, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, training.</param>
    /// <exception cref="ArgumentException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerSentenceSimilarity(this RegressionCatalog.RegressionTrainers catalog, SentenceSimilarityOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.GetEnvironment(), options);
    }
}
