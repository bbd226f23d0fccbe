namespace MLNet.Transformers.Tasks;

/// <summary>An answer that a model finds in a text.</summary>
/// <param name="Text">The answer; empty for there being none.</param>
/// <param name="Start">Where it stands, in UTF-16 units; -1 for there being none.</param>
/// <param name="Score">Its probability among the best answers.</param>
internal readonly record struct FoundAnswer(string Text, int Start, float Score);

/// <summary>What a model answers to a question.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Best">The likeliest, in falling order.</param>
/// <param name="NoAnswerScore">By how much the score for there being no answer is greater than the best answer's.</param>
internal sealed record AnsweredQuestion(FoundAnswer Answer, IReadOnlyList<FoundAnswer> Best, float NoAnswerScore);

/// <summary>How answers are chosen.</summary>
/// <param name="MaxAnswerLength">The longest answer in tokens.</param>
/// <param name="Candidates">How many of the best spans compete.</param>
/// <param name="TopK">How many of them are given.</param>
/// <param name="NoAnswerThreshold">By how much the score for there being no answer must be greater than the best answer's; null where there always is one.</param>
internal sealed record AnswerChoice(int MaxAnswerLength, int Candidates, int TopK, double? NoAnswerThreshold);

/// <summary>Chooses the spans that answer a question, over all windows of the text.</summary>
internal sealed class AnswerDecoder(AnswerChoice choice)
{
    /// <param name="question">The question with its windows.</param>
    /// <param name="scores">For every token of each window its scores as the first and as the last of the answer.</param>
    public AnsweredQuestion Decode(AnswerableQuestion question, ReadOnlySpan<float[]> scores)
    {
        var spans = new Dictionary<TextExtent, float>();
        var noAnswer = float.PositiveInfinity;
        foreach (var (index, window) in question.Windows.Index())
        {
            Collect(window, scores[index], spans);
            noAnswer = Math.Min(noAnswer, scores[index][2 * window.NoAnswer] + scores[index][(2 * window.NoAnswer) + 1]);
        }
        var candidates = spans.OrderByDescending(span => span.Value).ThenBy(span => span.Key.Start).ThenBy(span => span.Key.End).Take(choice.Candidates)
            .Select(span => (Extent: (TextExtent?)span.Key, Score: span.Value)).ToList();
        var margin = candidates.Count == 0 ? float.PositiveInfinity : noAnswer - candidates[0].Score;
        var declines = margin > choice.NoAnswerThreshold;
        if (choice.NoAnswerThreshold is not null)
            candidates.Insert(candidates.TakeWhile(candidate => candidate.Score >= noAnswer).Count(), (null, noAnswer));
        var ranked = Rank(question.Context, candidates);
        var answer = ranked.Where(found => found.Start < 0 == declines).DefaultIfEmpty(new FoundAnswer("", -1, 0)).First();
        return new AnsweredQuestion(answer, [.. ranked.Take(choice.TopK)], margin);
    }

    /// <summary>The window's spans, each with the greatest score that it has in any window.</summary>
    private void Collect(ContextWindow window, float[] scores, Dictionary<TextExtent, float> spans)
    {
        var best = new PriorityQueue<TextExtent, float>();
        for (var first = 0; first < window.Extents.Count; first++)
        {
            var start = scores[2 * (window.First + first)];
            for (var last = first; last < Math.Min(first + choice.MaxAnswerLength, window.Extents.Count); last++)
            {
                var score = start + scores[(2 * (window.First + last)) + 1];
                if (best.Count == choice.Candidates && best.TryPeek(out _, out var least) && least >= score)
                    continue;
                best.Enqueue(new TextExtent(window.Extents[first].Start, window.Extents[last].End), score);
                if (best.Count > choice.Candidates)
                    best.Dequeue();
            }
        }
        foreach (var (extent, score) in best.UnorderedItems)
            spans[extent] = Math.Max(score, spans.GetValueOrDefault(extent, float.NegativeInfinity));
    }

    /// <summary>The candidates with their probabilities among each other.</summary>
    private static List<FoundAnswer> Rank(string context, List<(TextExtent? Extent, float Score)> candidates)
    {
        if (candidates.Count == 0)
            return [];
        var weights = candidates.Select(candidate => Math.Exp((double)candidate.Score - candidates[0].Score)).ToArray();
        var total = weights.Sum();
        return [.. candidates.Zip(weights, (candidate, weight) => candidate.Extent?.TrimIn(context) is { } extent
            ? new FoundAnswer(extent.In(context), extent.Start, (float)(weight / total))
            : new FoundAnswer("", -1, (float)(weight / total)))];
    }
}
