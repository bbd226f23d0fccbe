using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Finds the answer to a question in a text.</summary>
internal sealed class QuestionAnsweringScenario : EncoderScenario
{
    /// <inheritdoc/>
    public override string Command => "question-answering";

    /// <inheritdoc/>
    public override string Description => "Learns to find the answers to questions in texts.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "QuestionAnswering";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } =
    [
        new(ColumnPurpose.Question, "--question-col", DataKind.String, "the question"),
        new(ColumnPurpose.Context, "--context-col", DataKind.String, "the text that has the answer"),
        new(ColumnPurpose.Answer, "--answer-col", DataKind.String, "the answer, a piece of the text, or nothing"),
        new(ColumnPurpose.AnswerIndex, "--answer-index-col", DataKind.Int32, "where in the text the answer begins, in characters from 0"),
    ];

    /// <inheritdoc/>
    public override string MetricName => "F1";

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnPurpose> Texts { get; } = [ColumnPurpose.Question, ColumnPurpose.Context];

    /// <inheritdoc/>
    protected override int LongestInput => 192;

    /// <inheritdoc/>
    protected override bool MayBeEmpty(ColumnPurpose purpose) => purpose == ColumnPurpose.Answer;

    /// <inheritdoc/>
    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
        base.Check(mlContext, setup);
        var rows = setup.Dataset.Load(mlContext);
        var (context, answer, start) = (Column(setup, ColumnPurpose.Context), Column(setup, ColumnPurpose.Answer), Column(setup, ColumnPurpose.AnswerIndex));
        var answers = rows.GetColumn<string>(context).Zip(rows.GetColumn<string>(answer), rows.GetColumn<int>(start));
        var found = false;
        foreach (var (index, row) in answers.Index())
        {
            if (string.IsNullOrWhiteSpace(row.Second))
                continue;
            found = true;
            if (row.Third < 0 || row.Third > row.First.Length || !row.First.AsSpan(row.Third).StartsWith(row.Second, StringComparison.Ordinal))
                throw new InputException($"Row {index + 1} of '{setup.Dataset.Path}': the answer '{row.Second}' in '{answer}' does not stand at {row.Third} of the text in '{context}'{Hint(row.First, row.Second)}.");
        }
        if (!found)
            throw new InputException($"No row of '{setup.Dataset.Path}' has an answer in '{answer}': there is nothing to learn.");
    }

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup) => Complete(
        new QuestionAnsweringOptions
        {
            QuestionColumnName = Column(setup, ColumnPurpose.Question),
            ContextColumnName = Column(setup, ColumnPurpose.Context),
            AnswerColumnName = Column(setup, ColumnPurpose.Answer),
            AnswerStartColumnName = Column(setup, ColumnPurpose.AnswerIndex),
            PredictedAnswerColumnName = AnswerColumn(setup, "PredictedAnswer"),
            ScoreColumnName = AnswerColumn(setup, "Score"),
            NoAnswerThreshold = HasQuestionsWithoutAnswer(setup) ? 0 : null,
        },
        trial,
        setup);

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options)
    {
        var answering = (QuestionAnsweringOptions)options;
        return
        [
            new(answering.PredictedAnswerColumnName, "string", AnswerPurpose.Answer, "The likeliest answer; empty where there is none."),
            new(answering.ScoreColumnName, "float", AnswerPurpose.Confidence, "Its probability among the best answers."),
            new(answering.PredictedAnswerColumnName + "Start", "int", AnswerPurpose.Detail, "Where it begins in the text, in characters from 0; -1 for no answer."),
            new(answering.TopColumnsPrefix + "Answers", "string[]", AnswerPurpose.Detail, "The best answers, the likeliest first."),
            new(answering.TopColumnsPrefix + "Scores", "float[]", AnswerPurpose.Detail, "Their probabilities."),
        ];
    }

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows)
    {
        var answering = (QuestionAnsweringOptions)options;
        var trainer = mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(answering);
        return Train(mlContext, trainer, trainingRows, pretraining, trainingRows, answering.QuestionColumnName, answering.ContextColumnName);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var answering = (QuestionAnsweringOptions)options;
        var metrics = mlContext.QuestionAnswering.Evaluate(model.Transform(rows), answering.AnswerColumnName, answering.PredictedAnswerColumnName);
        return [new("F1", metrics.F1), new("ExactMatch", metrics.ExactMatch)];
    }

    private static bool HasQuestionsWithoutAnswer(TrainingSetup setup) =>
        setup.Dataset.Load(new MLContext()).GetColumn<string>(Column(setup, ColumnPurpose.Answer)).Any(string.IsNullOrWhiteSpace);

    private static string Hint(string context, string answer) => context.IndexOf(answer, StringComparison.Ordinal) switch
    {
        < 0 => ", nor anywhere else in it",
        var place => $", but at {place}",
    };
}
