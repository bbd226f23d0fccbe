namespace MLNet.Transformers;

/// <summary>Models that choose one of several texts, on <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
public static class MultipleChoiceCatalog
{
    /// <summary>Trains a transformer to choose the one of several texts that suits another best, such as the answer to a question.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The right choice of each row, a key: the first for the first choice, and as many keys as choices.</param>
    /// <param name="promptColumnName">What the choices are for; read before each of them.</param>
    /// <param name="choicesColumnName">The choices, a vector of text as long as the label has keys.</param>
    /// <param name="scoreColumnName">The name of the output with one probability a choice.</param>
    /// <param name="predictedLabelColumnName">The name of the output with the likeliest choice, a key.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Answer", keyOrdinality: KeyOrdinality.ByValue)
    ///     .Append(mlContext.Transforms.Concatenate("Choices", "A", "B", "C", "D"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(promptColumnName: "Question"));
    /// </code></example>
    public static FineTuningTrainer TransformerMultipleChoice(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string promptColumnName = "Prompt",
        string choicesColumnName = "Choices",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerMultipleChoice(new MultipleChoiceOptions
        {
            LabelColumnName = labelColumnName,
            PromptColumnName = promptColumnName,
            ChoiceColumnNames = [choicesColumnName],
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerMultipleChoice(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, string, string, string, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerMultipleChoice(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MultipleChoiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.GetEnvironment(), options);
    }
}
