using System.Text.Json.Nodes;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="QuestionAnswering"/>.</summary>
internal sealed record QuestionAnsweringColumns
{
    public required string QuestionName { get; init; }

    public required string ContextName { get; init; }

    public required string AnswerName { get; init; }

    public required string AnswerStartName { get; init; }

    public required string PredictedAnswerName { get; init; }

    public required string ScoreName { get; init; }

    public required string NoAnswerScoreName { get; init; }

    public required string TopPrefix { get; init; }

    public InputColumn Question => new(QuestionName, ColumnShape.Text);

    public InputColumn Context => new(ContextName, ColumnShape.Text);

    public InputColumn Answer => new(AnswerName, ColumnShape.Text, TrainingOnly: true) { OrElse = [ColumnShape.TextVector], MayVary = true };

    public InputColumn AnswerStart => new(AnswerStartName, ColumnShape.Int32, TrainingOnly: true) { OrElse = [ColumnShape.Int32Vector], MayVary = true };

    public IReadOnlyList<OutputColumn> Outputs =>
    [
        new(PredictedAnswerName, TextDataViewType.Instance),
        new(PredictedStartName, NumberDataViewType.Int32),
        new(ScoreName, NumberDataViewType.Single),
        new(NoAnswerScoreName, NumberDataViewType.Single),
        new(TopAnswersName, new VectorDataViewType(TextDataViewType.Instance)),
        new(TopStartsName, new VectorDataViewType(NumberDataViewType.Int32)),
        new(TopScoresName, new VectorDataViewType(NumberDataViewType.Single)),
    ];

    private string PredictedStartName => PredictedAnswerName + "Start";

    private string TopAnswersName => TopPrefix + "Answers";

    private string TopStartsName => TopPrefix + "AnswerStarts";

    private string TopScoresName => TopPrefix + "Scores";

    public Delegate CreateGetter(string name, Func<AnsweredQuestion> current)
    {
        ValueGetter<VBuffer<T>> Top<T>(Func<FoundAnswer, T> value) => VectorGetter.Of<T>(() => [.. current().Best.Select(value)]);
        return name == PredictedAnswerName ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> target) => target = current().Answer.Text.AsMemory())
            : name == PredictedStartName ? (ValueGetter<int>)((ref int target) => target = current().Answer.Start)
            : name == ScoreName ? (ValueGetter<float>)((ref float target) => target = current().Answer.Score)
            : name == NoAnswerScoreName ? (ValueGetter<float>)((ref float target) => target = current().NoAnswerScore)
            : name == TopAnswersName ? Top(answer => answer.Text.AsMemory())
            : name == TopStartsName ? Top(answer => answer.Start)
            : Top(answer => answer.Score);
    }

    public JsonObject ToJson() => new()
    {
        ["question_column"] = QuestionName,
        ["context_column"] = ContextName,
        ["answer_column"] = AnswerName,
        ["answer_start_column"] = AnswerStartName,
        ["predicted_answer_column"] = PredictedAnswerName,
        ["score_column"] = ScoreName,
        ["no_answer_score_column"] = NoAnswerScoreName,
        ["top_columns_prefix"] = TopPrefix,
    };

    public static QuestionAnsweringColumns FromJson(JsonNode json) => new()
    {
        QuestionName = (string)json["question_column"]!,
        ContextName = (string)json["context_column"]!,
        AnswerName = (string)json["answer_column"]!,
        AnswerStartName = (string)json["answer_start_column"]!,
        PredictedAnswerName = (string)json["predicted_answer_column"]!,
        ScoreName = (string)json["score_column"]!,
        NoAnswerScoreName = (string)json["no_answer_score_column"]!,
        TopPrefix = (string)json["top_columns_prefix"]!,
    };
}
