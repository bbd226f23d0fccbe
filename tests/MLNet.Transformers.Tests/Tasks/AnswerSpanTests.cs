using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests;

public sealed class AnswerSpanTests
{
    private static readonly TransformerTokenizer Tokenizer = new WordPieceTrainer { VocabularySize = 200 }.Train(Enumerable.Repeat("who what where ? ada lives in paris today 東京 é", 5));

    [Theory]
    [InlineData("Ada 👋 lives", "lives", 7, 7, 12)]
    [InlineData("Ada lives", " lives ", 3, null, null)]
    [InlineData("Ada lives now", " lives ", 3, 4, 9)]
    [InlineData("Ada", "", 17, -1, -1)]
    [InlineData("Ada", " ", 1, -1, -1)]
    public void AnAnswerStandsWhereItIsSaidTo(string context, string answer, int start, int? first, int? end)
    {
        if (first is null)
            Assert.Throws<ArgumentException>(() => { AnswerSpan.Find(context, answer, start, "It"); });
        else
            Assert.Equal(first < 0 ? null : new TextExtent(first.Value, end!.Value), AnswerSpan.Find(context, answer, start, "It"));
    }

    [Theory]
    [InlineData(6, "it is at 7 in UTF-16 units, which count here; 6 counts code points")]
    [InlineData(2, "it is at 7")]
    [InlineData(-1, "it is at 7")]
    [InlineData(99, "it is at 7")]
    public void SaysWhereTheAnswerIs(int start, string hint) =>
        Assert.Contains($"'lives' is not at {start} of the text: {hint}.", Assert.Throws<ArgumentException>(() => { AnswerSpan.Find("Ada 👋 lives", "lives", start, "It"); }).Message);

    /// <summary>The tokens that are learnt spell the answer; a window that has only a part of it teaches nothing.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(null)]
    public void WindowsLearnTheAnswersTokens(int? stride)
    {
        const string context = "Ada 👋🏽 lives in 東京 today, (in Paris) é lives Ada lives where who what Paris today";
        var start = context.IndexOf("in Paris", StringComparison.Ordinal);
        var question = new QuestionReader(Tokenizer, 16, 8, stride).Read("where ada lives ?", context);
        Assert.True(question.Windows.Count > 2);
        var examples = AnswerSpan.Label(question, new TextExtent(start, start + "in Paris".Length)).ToList();
        Assert.True(examples.Any(example => example.HasSpan) || stride == 0);
        foreach (var example in examples)
        {
            var window = question.Windows.Single(window => window.Tokens.Ids.SequenceEqual(example.Tokens.Ids));
            if (example.HasSpan)
                Assert.Equal("in Paris", context[window.Extents[example.Start - window.First].Start..window.Extents[example.End - window.First].End]);
            else
                Assert.DoesNotContain(window.Extents, extent => extent.Start < start + 8 && extent.End > start);
        }
    }

    [Fact]
    public void WindowsShowTheWholeTextBesideTheQuestion()
    {
        var context = string.Join(' ', Enumerable.Repeat("ada lives in paris today", 9));
        var question = new QuestionReader(Tokenizer, 14, 3, 3).Read("who who who who who who who", context);
        Assert.All(question.Windows, window => Assert.InRange(window.Tokens.Length, 1, 14));
        Assert.All(question.Windows, window => Assert.Equal(0, window.NoAnswer));
        Assert.All(question.Windows, window => Assert.Equal(5, window.First));
        Assert.Equal(45, question.Windows.SelectMany(window => window.Extents).Distinct().Count());
    }

    [Fact]
    public void NoTextIsTooShortForItsWindow()
    {
        Assert.Empty(new QuestionReader(Tokenizer, 8, 8, null).Read("", "").Windows.Single().Extents);
        Assert.Empty(new QuestionReader(Tokenizer, 8, 8, null).Read("who what where ada lives", "  ").Windows.Single().Extents);
        Assert.All(new QuestionReader(Tokenizer, 8, 8, 100).Read("who what where ada lives", "ada lives in paris today ada").Windows, window => Assert.InRange(window.Tokens.Length, 4, 8));
    }
}
