namespace MLNet.Transformers;

/// <summary>Taggers of words, on <c>mlContext.TokenClassification.Trainers</c>.</summary>
public static class TokenClassificationTrainersCatalog
{
    /// <summary>Trains a transformer to tag the words of texts, and so to find names and other entities in them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The tag of each word, a vector of keys as long as there are words.</param>
    /// <param name="textColumnName">The words, a vector of text; or a text whose words the tokenizer tells.</param>
    /// <param name="predictedLabelColumnName">The name of the output with the likeliest tag of each word, a vector of keys.</param>
    /// <param name="scoreColumnName">The name of the output with the probabilities: word by word, one a tag.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    /// <remarks>
    /// Where the words stand is in two more outputs, WordStarts and WordLengths. The entities come in five, vectors with an item an
    /// entity: EntityTypes, EntityTexts, EntityStarts, EntityLengths and EntityScores.
    /// </remarks>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Tags")
    ///     .Append(mlContext.TokenClassification.Trainers.TransformerTokenClassification(textColumnName: "Words"))
    ///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// </code></example>
    public static FineTuningTrainer TransformerTokenClassification(
        this TokenClassificationCatalog.TokenClassificationTrainers catalog,
        string labelColumnName = "Label",
        string textColumnName = "Text",
        string predictedLabelColumnName = "PredictedLabel",
        string scoreColumnName = "Score",
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerTokenClassification(new TokenClassificationOptions
        {
            LabelColumnName = labelColumnName,
            TextColumnName = textColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            ScoreColumnName = scoreColumnName,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerTokenClassification(TokenClassificationCatalog.TokenClassificationTrainers, string, string, string, string, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, tags, model, training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerTokenClassification(
        this TokenClassificationCatalog.TokenClassificationTrainers catalog, TokenClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.Context, options);
    }
}
