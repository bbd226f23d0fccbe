using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>A question with the windows of the text that it is asked of.</summary>
/// <param name="Context">The text.</param>
/// <param name="Windows">The windows; tokens that two windows share are in both.</param>
internal sealed record AnswerableQuestion(string Context, IReadOnlyList<ContextWindow> Windows)
{
    /// <summary>Length of all windows together, each padded to the longest.</summary>
    public int Length => Windows.Count * Windows.Max(window => window.Tokens.Length);
}

/// <summary>A question and as much of the text as fits beside it.</summary>
/// <param name="Tokens">Both, special tokens included.</param>
/// <param name="First">Index of the text's first token.</param>
/// <param name="Extents">Where the text's tokens stand in it.</param>
/// <param name="NoAnswer">Index of the token that stands for there being no answer: the classification token.</param>
internal sealed record ContextWindow(TokenSequence Tokens, int First, IReadOnlyList<TextExtent> Extents, int NoAnswer);

/// <summary>Reads questions and texts as a model takes them.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxLength">The longest input in tokens.</param>
/// <param name="maxQuestionLength">The longest question in tokens; what is more is left out.</param>
/// <param name="stride">Tokens of one window that the next repeats; null for a quarter of the longest input.</param>
internal sealed class QuestionReader(TransformerTokenizer tokenizer, int maxLength, int maxQuestionLength, int? stride)
{
    private readonly TransformerTokenizer uncut = tokenizer.WithTruncation(null);
    private readonly int specials = tokenizer.WithTruncation(null).Encode("", "").Length;

    public AnswerableQuestion Read(string question, string context)
    {
        var (asked, length) = Cut(question, Math.Min(maxQuestionLength, Math.Max(maxLength - specials, 0) / 2));
        var room = Math.Max(maxLength - specials - length, 0);
        var truncation = new Truncation(maxLength) { Strategy = TruncationStrategy.OnlySecond, Stride = Math.Min(stride ?? maxLength / 4, room / 2) };
        var encoded = tokenizer.WithTruncation(truncation).Encode(asked, context);
        var windows = TextWindow.Of(encoded, 1, truncation.Stride).Zip(encoded.Overflowing.Prepend(encoded), Read);
        return new AnswerableQuestion(context, [.. windows]);
    }

    private ContextWindow Read(TextWindow window, EncodedText encoded)
    {
        var (first, count) = window.Text.GetOffsetAndLength(encoded.Length);
        var extents = Enumerable.Range(first, count).Select(token => new TextExtent(encoded.Offsets[token].Start.Value, encoded.Offsets[token].End.Value));
        var classification = tokenizer.ClassificationTokenId is { } id ? encoded.Ids.IndexOf(id) : 0;
        return new ContextWindow(window.Tokens, first, [.. extents], Math.Max(classification, 0));
    }

    /// <summary>The beginning of a question that has at most so many tokens, and how many it has.</summary>
    private (string Question, int Length) Cut(string question, int limit)
    {
        var encoded = uncut.Encode(question, addSpecialTokens: false);
        while (encoded.Length > limit)
        {
            // What is left can be cut into tokens in another way: look again.
            question = question[..(limit == 0 ? 0 : Math.Min(encoded.Offsets[limit - 1].End.Value, question.Length - 1))];
            encoded = uncut.Encode(question, addSpecialTokens: false);
        }
        return (question, encoded.Length);
    }
}
