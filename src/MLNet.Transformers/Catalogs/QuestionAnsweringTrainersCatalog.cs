namespace MLNet.Transformers;

/// <summary>Models that find answers in texts, on <c>mlContext.QuestionAnswering.Trainers</c>.</summary>
public static class QuestionAnsweringTrainersCatalog
{
    /// <summary>Trains a transformer to find the span of a text that answers a question.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="questionColumnName">The question.</param>
    /// <param name="contextColumnName">The text that has the answer.</param>
    /// <param name="answerColumnName">The answer, a text or several of which the first is learnt; empty, or none, where the context has no answer.</param>
    /// <param name="answerStartColumnName">Where each answer starts in the context, in UTF-16 units.</param>
    /// <param name="predictedAnswerColumnName">The name of the output with the answer; where it starts comes beside it, under this name with <c>Start</c> behind.</param>
    /// <param name="scoreColumnName">The name of the output with the answer's probability.</param>
    /// <param name="topK">How many of the best answers come in the outputs TopAnswers, TopAnswerStarts and TopScores.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder to start from; null to start from scratch.</param>
    /// <param name="validationSet">Rows to validate on after every epoch; null for none.</param>
    /// <example><code>
    /// var model = mlContext.QuestionAnswering.Trainers
    ///     .TransformerQuestionAnswering(pretrainedFolder: "models/bert-base-uncased")
    ///     .Fit(questions);
    /// </code></example>
    public static FineTuningTrainer TransformerQuestionAnswering(
        this QuestionAnsweringCatalog.QuestionAnsweringTrainers catalog,
        string questionColumnName = "Question",
        string contextColumnName = "Context",
        string answerColumnName = "Answer",
        string answerStartColumnName = "AnswerStart",
        string predictedAnswerColumnName = "PredictedAnswer",
        string scoreColumnName = "Score",
        int topK = 3,
        int epochs = 3,
        string? pretrainedFolder = null,
        IDataView? validationSet = null) => catalog.TransformerQuestionAnswering(new QuestionAnsweringOptions
        {
            QuestionColumnName = questionColumnName,
            ContextColumnName = contextColumnName,
            AnswerColumnName = answerColumnName,
            AnswerStartColumnName = answerStartColumnName,
            PredictedAnswerColumnName = predictedAnswerColumnName,
            ScoreColumnName = scoreColumnName,
            TopK = topK,
            Epochs = epochs,
            PretrainedFolder = pretrainedFolder,
            ValidationSet = validationSet,
        });

    /// <inheritdoc cref="TransformerQuestionAnswering(QuestionAnsweringCatalog.QuestionAnsweringTrainers, string, string, string, string, string, string, int, int, string?, IDataView?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, windows, answers, model, training.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that cannot be.</exception>
    public static FineTuningTrainer TransformerQuestionAnswering(
        this QuestionAnsweringCatalog.QuestionAnsweringTrainers catalog, QuestionAnsweringOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FineTuningTrainer(catalog.Context, options);
    }
}
