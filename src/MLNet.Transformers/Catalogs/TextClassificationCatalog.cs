using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Classifiers of texts, on <c>mlContext.MulticlassClassification.Trainers</c>.</summary>
public static class TextClassificationCatalog
{
    /// <summary>Trains a transformer to tell texts apart.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The class of each row, a key.</param>
    /// <param name="textColumnName">The text.</param>
    /// <param name="textPairColumnName">A second text, read after the first; null for none.</param>
    /// <param name="scoreColumnName">The name of the output with one probability a class.</param>
    /// <param name="predictedLabelColumnName">The name of the output with the likeliest class, a key.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Section")
    ///     .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification(textColumnName: "Summary"))
    ///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// </code></example>
    public static FineTuningTrainer TransformerTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string textColumnName = "Text",
        string? textPairColumnName = null,
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerTextClassification(new TextClassificationOptions
        {
            LabelColumnName = labelColumnName,
            TextColumnName = textColumnName,
            TextPairColumnName = textPairColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerTextClassification(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, string?, string, string, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, TextClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>Trains a transformer to tell texts apart from a handful of texts a class: <see href="https://arxiv.org/abs/2209.11055">SetFit</see>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The class of each row, a key.</param>
    /// <param name="textColumnName">The text.</param>
    /// <param name="scoreColumnName">The name of the output with one probability a class.</param>
    /// <param name="predictedLabelColumnName">The name of the output with the likeliest class, a key.</param>
    /// <param name="pairsOfEach">How many pairs with a text of its class, and how many with one of another class, each text begins.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from, best of all one of sentence-transformers; null to start from scratch.</param>
    public static FineTuningTrainer TransformerFewShotTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string textColumnName = "Text",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        int pairsOfEach = 20,
        string? pretrainedFolder = null) => catalog.TransformerFewShotTextClassification(new FewShotTextClassificationOptions
        {
            LabelColumnName = labelColumnName,
            TextColumnName = textColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            PairsOfEach = pairsOfEach,
            PretrainedFolder = pretrainedFolder,
        });

    /// <inheritdoc cref="TransformerFewShotTextClassification(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, string, string, int, string?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerFewShotTextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, FewShotTextClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.GetEnvironment(), options);
    }
}
