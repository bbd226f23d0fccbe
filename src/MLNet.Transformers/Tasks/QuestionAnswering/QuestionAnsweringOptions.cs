using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that finds the answer to a question in a text.</summary>
public sealed record QuestionAnsweringOptions : TextFineTuningOptions
{
    /// <summary>The question.</summary>
    public string QuestionColumnName { get; init; } = "Question";

    /// <summary>The text that has the answer.</summary>
    public string ContextColumnName { get; init; } = "Context";

    /// <summary>The answer, a text as it stands in the context; or several that are right, of which the first is learnt. Empty, or none, where the context has no answer.</summary>
    public string AnswerColumnName { get; init; } = "Answer";

    /// <summary>Where each answer starts in the context, in UTF-16 units as .NET counts them.</summary>
    public string AnswerStartColumnName { get; init; } = "AnswerStart";

    /// <summary>The name of the output with the answer, a text; another with where it starts comes beside it, its name with <c>Start</c> behind. Without an answer the text is empty and the start -1.</summary>
    public string PredictedAnswerColumnName { get; init; } = "PredictedAnswer";

    /// <summary>The name of the output with the answer's probability among the <see cref="Candidates"/>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with how much greater the score for there being no answer is than the best answer's: what <see cref="NoAnswerThreshold"/> is compared with.</summary>
    public string NoAnswerScoreColumnName { get; init; } = "NoAnswerScore";

    /// <summary>What the names of the three outputs with the best answers start with: vectors <c>Answers</c>, <c>AnswerStarts</c> and <c>Scores</c>, the likeliest first.</summary>
    public string TopColumnsPrefix { get; init; } = "Top";

    /// <summary>How many of the best answers are given.</summary>
    public int TopK { get; init; } = 3;

    /// <summary>How many of the best spans compete (n-best).</summary>
    public int Candidates { get; init; } = 20;

    /// <summary>The longest answer in tokens.</summary>
    public int MaxAnswerLength { get; init; } = 30;

    /// <summary>The longest question in tokens; what is more is left out.</summary>
    public int MaxQuestionLength { get; init; } = 64;

    /// <summary>
    /// How many tokens of one window the next repeats, where question and context are longer than
    /// <see cref="TextFineTuningOptions.MaxLength"/> and the context is taken in windows: at most half of them. Null: a quarter of the length.
    /// </summary>
    public int? Stride { get; init; }

    /// <summary>
    /// There is no answer where the score for that is greater than the best answer's by more than this; null to always give one. The
    /// published default is 0 (<see href="https://arxiv.org/abs/1810.04805">BERT</see>, section 4.3); a validation set tells a better one,
    /// by its <see cref="NoAnswerScoreColumnName"/>.
    /// </summary>
    public double? NoAnswerThreshold { get; init; }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    private QuestionAnswering Task => new(
        new QuestionAnsweringColumns
        {
            QuestionName = QuestionColumnName,
            ContextName = ContextColumnName,
            AnswerName = AnswerColumnName,
            AnswerStartName = AnswerStartColumnName,
            PredictedAnswerName = PredictedAnswerColumnName,
            ScoreName = ScoreColumnName,
            NoAnswerScoreName = NoAnswerScoreColumnName,
            TopPrefix = TopColumnsPrefix,
        },
        new(MaxQuestionLength, Stride),
        new(MaxAnswerLength, Candidates, TopK, NoAnswerThreshold));

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 8, 8, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(TopK, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, TopK);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAnswerLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQuestionLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Stride ?? 0, nameof(Stride));
    }
}
