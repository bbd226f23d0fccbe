using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers.Tests;

public sealed class AnswerDecoderTests
{
    private const string Context = "one two three four five six";

    private static readonly TextExtent[] Words = [new(0, 3), new(4, 7), new(8, 13), new(14, 18), new(19, 23), new(24, 27)];

    /// <summary>All spans, over all windows, by plain loops.</summary>
    [Theory]
    [InlineData(1, 20, null)]
    [InlineData(2, 5, 0.0)]
    [InlineData(6, 20, -3.0)]
    [InlineData(3, 4, 3.0)]
    public void FindsTheBestSpansOfAllWindows(int maxAnswerLength, int candidates, double? threshold)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var question = new AnswerableQuestion(Context, [Window(0..4), Window(2..6)]);
            var scores = question.Windows.Select(window => Scores(window, new Random(seed + window.Extents[0].Start))).ToArray();
            var all = new Dictionary<(int, int), double>();
            var none = double.PositiveInfinity;
            foreach (var (window, score) in question.Windows.Zip(scores))
            {
                none = Math.Min(none, score[0] + score[1]);
                for (var first = 0; first < 4; first++)
                    for (var last = first; last < 4 && last - first < maxAnswerLength; last++)
                    {
                        var key = (window.Extents[first].Start, window.Extents[last].End);
                        all[key] = Math.Max(all.GetValueOrDefault(key, double.NegativeInfinity), score[2 * (3 + first)] + score[(2 * (3 + last)) + 1]);
                    }
            }
            var best = all.OrderByDescending(span => span.Value).Take(candidates).Select(span => (Text: Context[span.Key.Item1..span.Key.Item2], Start: span.Key.Item1, span.Value)).ToList();
            var declines = none - best[0].Value > threshold;
            var ranked = threshold is null ? best : [.. best.Append((Text: "", Start: -1, Value: none)).OrderByDescending(answer => answer.Value)];
            var total = ranked.Sum(answer => Math.Exp(answer.Value));

            var found = new AnswerDecoder(new AnswerChoice(maxAnswerLength, candidates, 3, threshold)).Decode(question, scores);
            Assert.Equal(ranked.Take(3).Select(answer => (answer.Text, answer.Start)), found.Best.Select(answer => (answer.Text, answer.Start)));
            Assert.All(ranked.Zip(found.Best), pair => Assert.Equal(Math.Exp(pair.First.Value) / total, pair.Second.Score, 1e-5));
            Assert.Equal(declines ? "" : best[0].Text, found.Answer.Text);
            Assert.Equal(declines ? -1 : best[0].Start, found.Answer.Start);
            Assert.Equal(none - best[0].Value, found.NoAnswerScore, 1e-5);
        }
    }

    [Fact]
    public void ATextWithoutTokensHasNoAnswer()
    {
        var question = new AnswerableQuestion(" ", [Window(0..0)]);
        float[] scores = [1, 1, 0, 0, 0, 0, 0, 0];
        Assert.Equal(new FoundAnswer("", -1, 0), new AnswerDecoder(new AnswerChoice(5, 5, 3, null)).Decode(question, [scores]).Answer);
        Assert.Equal(new FoundAnswer("", -1, 1), new AnswerDecoder(new AnswerChoice(5, 5, 3, 0)).Decode(question, [scores]).Answer);
    }

    /// <summary>[CLS] question [SEP] words [SEP].</summary>
    private static ContextWindow Window(Range words) => new(new TokenSequence(new int[4 + Words[words].Length]), 3, Words[words], 0);

    private static float[] Scores(ContextWindow window, Random random) => [.. Enumerable.Range(0, 2 * window.Tokens.Length).Select(_ => (float)((4 * random.NextDouble()) - 2))];
}
