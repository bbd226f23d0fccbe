using MLNet.Transformers.Evaluation;

namespace MLNet.Transformers;

/// <summary>How well predicted answers match the true ones; shares of 1, where papers print percent.</summary>
public sealed record QuestionAnsweringMetrics
{
    private QuestionAnsweringMetrics(AnswerScores all, AnswerScores? answerable, AnswerScores? unanswerable)
    {
        (ExactMatch, F1, Count) = all;
        Answerable = answerable;
        Unanswerable = unanswerable;
    }

    /// <summary>Share of the questions whose answer is, letter for letter, one of the right ones; case, punctuation and articles aside.</summary>
    public double ExactMatch { get; }

    /// <summary>Mean over the questions of the words that the answer shares with the right one that is most like it.</summary>
    public double F1 { get; }

    /// <summary>Number of questions.</summary>
    public long Count { get; }

    /// <summary>The questions with an answer, by themselves; null where there are none.</summary>
    public AnswerScores? Answerable { get; }

    /// <summary>The questions without an answer, by themselves; null where there are none.</summary>
    public AnswerScores? Unanswerable { get; }

    internal static QuestionAnsweringMetrics Of(IDataView data, string answerColumn, string predictedColumn)
    {
        var (answerable, unanswerable) = (new List<(double Exact, double F1)>(), new List<(double Exact, double F1)>());
        foreach (var (row, answers, predictions) in LabelColumns.ReadVectors(data, answerColumn, predictedColumn))
        {
            if (predictions.Length != 1)
                throw new ArgumentException($"Row {row} has {predictions.Length} answers in '{predictedColumn}' instead of one.");
            var predicted = new NormalizedAnswer(predictions[0]);
            var right = answers.Select(answer => new NormalizedAnswer(answer)).Where(answer => !answer.IsEmpty).ToList();
            var group = right.Count > 0 ? answerable : unanswerable;
            if (right.Count == 0)
                right.Add(new NormalizedAnswer(""));
            group.Add((right.Max(answer => answer.ExactMatch(predicted)), right.Max(answer => answer.F1(predicted))));
        }
        var all = Scores([.. answerable, .. unanswerable]) ?? throw new ArgumentException("There are no rows to evaluate.");
        return new QuestionAnsweringMetrics(all, Scores(answerable), Scores(unanswerable));
    }

    private static AnswerScores? Scores(List<(double Exact, double F1)> rows) =>
        rows.Count == 0 ? null : new(rows.Average(row => row.Exact), rows.Average(row => row.F1), rows.Count);
}

/// <summary>The scores of some of the questions.</summary>
/// <param name="ExactMatch">Share that is right letter for letter.</param>
/// <param name="F1">Mean share of words.</param>
/// <param name="Count">Number of questions.</param>
public sealed record AnswerScores(double ExactMatch, double F1, long Count);
