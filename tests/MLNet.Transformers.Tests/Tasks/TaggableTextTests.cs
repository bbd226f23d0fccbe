using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests;

public sealed class TaggableTextTests
{
    private static readonly TransformerTokenizer Tokenizer = new WordPieceTrainer { VocabularySize = 40 }
        .Train(["aa", "bb", "cc", "dd", "ee", "ff", "gg", "abcd", "é", "東", "京"]);

    /// <summary>Each token is answered for by one window, and no other window has more of the text on the shorter of its sides.</summary>
    [Theory]
    [InlineData(6, 0)]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    [InlineData(9, 3)]
    [InlineData(3, 0)]
    [InlineData(60, 5)]
    public void EveryTokenIsTakenOnceFromWhereMostStandsAroundIt(int length, int stride)
    {
        var words = Enumerable.Range(0, 23).Select(index => "abcdefg"[index % 7] + "" + "abcdefg"[index % 5]).ToArray();
        var text = TaggableText.OfWords(words, Tokenizer.WithTruncation(new Truncation(length) { Stride = stride }));
        var whole = TaggableText.OfWords(words, Tokenizer);
        Assert.Equal(whole.Tokens, text.Tokens);
        var taken = new List<int>();
        foreach (var window in text.Windows)
        {
            var (first, end) = (window.Text.Start.Value, window.Text.End.Value);
            for (var index = window.Own.Start.Value; index < window.Own.End.Value; index++)
            {
                var token = window.Position + index - first;
                taken.Add(token);
                Assert.Equal(whole.Windows[0].Tokens.Ids[1 + token], window.Tokens.Ids[index]);
                var around = Around(window, token);
                Assert.All(text.Windows.Where(other => token >= other.Position && token < other.Position + Count(other)), other => Assert.True(Around(other, token) <= around));
            }
        }
        Assert.Equal(Enumerable.Range(0, whole.Tokens.Count), taken);

        static int Count(TextWindow window) => window.Text.End.Value - window.Text.Start.Value;
        static int Around(TextWindow window, int token) => Math.Min(token - window.Position, window.Position + Count(window) - 1 - token);
    }

    [Fact]
    public void FurtherTokensOfAWordLearnWhatTheAlignmentSays()
    {
        var text = TaggableText.OfWords(["abcd", "aa", "dcba"], Tokenizer.WithTruncation(new Truncation(5) { Stride = 1 }));
        var first = text.Label([10, 20, 30], _ => TaggedSequence.Unlabelled).Select(example => example.Labels).ToArray();
        var all = text.Label([10, 20, 30], tag => tag + 1).Select(example => example.Labels).ToArray();
        foreach (var (window, labels) in text.Windows.Zip(all))
        {
            Assert.Equal([TaggedSequence.Unlabelled, TaggedSequence.Unlabelled], [labels[0], labels[^1]]);
            for (var index = 1; index < labels.Length - 1; index++)
            {
                var token = window.Position + index - 1;
                var word = text.Tokens[token].Word;
                var isFirst = token == 0 || text.Tokens[token - 1].Word != word;
                Assert.Equal((10 * (word + 1)) + (isFirst ? 0 : 1), labels[index]);
            }
        }
        Assert.Equal(all.Select(labels => labels.Select(label => label % 10 == 0 ? label : TaggedSequence.Unlabelled)), first);
        Assert.Contains(all, labels => labels.Contains(31));
    }

    [Fact]
    public void WordsOfATextStandWhereTheTokenizerSaysWithoutWhiteSpace()
    {
        var text = " aa,  (東京)\tabcd é😀 ";
        var read = TaggableText.OfText(text, Tokenizer);
        Assert.Equal(["aa", ",", "(", "東", "京", ")", "abcd", "é😀"], read.Words.Select(word => word.In(text)));
        Assert.All(read.Tokens, token => Assert.InRange(token.Extent.Start, read.Words[token.Word].Start, read.Words[token.Word].End));
        var byWord = TaggableText.OfWords(["aa", "", "東京", "é😀"], Tokenizer);
        Assert.Equal("aa  東京 é😀", byWord.Text);
        Assert.Equal(["aa", "", "東京", "é😀"], byWord.Words.Select(word => word.In(byWord.Text)));
        Assert.DoesNotContain(byWord.Tokens, token => token.Word == 1);
    }
}
