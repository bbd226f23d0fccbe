namespace MLNet.Transformers;

/// <summary>Any number of labels for a text, on <c>mlContext.MultiLabelClassification</c>.</summary>
public sealed partial class MultiLabelClassificationCatalog
{
    internal MultiLabelClassificationCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        Trainers = new MultiLabelClassificationTrainers(mlContext);
    }

    /// <summary>The trainers.</summary>
    public MultiLabelClassificationTrainers Trainers { get; }

    /// <summary>Trainers of classifiers, on <c>mlContext.MultiLabelClassification.Trainers</c>.</summary>
    public sealed partial class MultiLabelClassificationTrainers
    {
        internal MultiLabelClassificationTrainers(MLContext mlContext) => Context = mlContext;

        internal MLContext Context { get; }

        /// <summary>Trains a transformer to say of each of several labels whether it holds for a text, or for a pair of texts.</summary>
        /// <param name="labelColumnName">The labels of each row: a vector of Single with 1 for each that holds and 0 for the others, or a vector of the keys of those that hold.</param>
        /// <param name="textColumnName">The text.</param>
        /// <param name="textPairColumnName">A second text, read after the first; null for none.</param>
        /// <param name="scoreColumnName">The name of the output with one probability a label.</param>
        /// <param name="predictedLabelColumnName">The name of the output that says of each label whether it holds.</param>
        /// <param name="threshold">The probability from which on a label is said to hold.</param>
        /// <param name="epochs">Passes over the training rows.</param>
        /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
        /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
        /// <example><code>
        /// var pipeline = mlContext.Transforms.Text.TokenizeIntoWords("Tag", "Tags", separators: [','])
        ///     .Append(mlContext.Transforms.Conversion.MapValueToKey("Labels", "Tag"))
        ///     .Append(mlContext.MultiLabelClassification.Trainers.TransformerMultiLabelClassification(textColumnName: "Title"));
        /// </code></example>
        public FineTuningTrainer TransformerMultiLabelClassification(
            string labelColumnName = "Labels",
            string textColumnName = "Text",
            string? textPairColumnName = null,
            string scoreColumnName = "Score",
            string predictedLabelColumnName = "PredictedLabel",
            float threshold = 0.5f,
            int epochs = 3,
            string? pretrainedFolder = null,
            IDataView? validationSet = null) => TransformerMultiLabelClassification(new MultiLabelClassificationOptions
            {
                LabelColumnName = labelColumnName,
                TextColumnName = textColumnName,
                TextPairColumnName = textPairColumnName,
                ScoreColumnName = scoreColumnName,
                PredictedLabelColumnName = predictedLabelColumnName,
                Threshold = threshold,
                Epochs = epochs,
                PretrainedFolder = pretrainedFolder,
                ValidationSet = validationSet,
            });

        /// <inheritdoc cref="TransformerMultiLabelClassification(string, string, string?, string, string, float, int, string?, IDataView?)"/>
        /// <param name="options">Columns, model, training.</param>
        /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
        public FineTuningTrainer TransformerMultiLabelClassification(MultiLabelClassificationOptions options) => new(Context, options);
    }
}
