using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>
/// As much of a long text as a model takes at once. Where windows overlap, a token's answer is taken from the one in which more stands
/// on its either side, as <see href="https://arxiv.org/abs/1810.04805">BERT</see>'s code for question answering does.
/// </summary>
/// <param name="Tokens">The window, special tokens and any other text included.</param>
/// <param name="Text">Indices of the long text's tokens in the window.</param>
/// <param name="Position">How many tokens of the long text stand before the window.</param>
/// <param name="Own">Indices of the tokens whose answers are taken from this window.</param>
internal sealed record TextWindow(TokenSequence Tokens, Range Text, int Position, Range Own)
{
    /// <summary>The windows of an encoded text; the first is the text itself, the others are what overflowed.</summary>
    /// <param name="encoded">What a tokenizer with such a truncation has made.</param>
    /// <param name="sequence">Which of two texts is the long one: 0 or 1.</param>
    /// <param name="stride">Tokens of one window that the next repeats.</param>
    public static IReadOnlyList<TextWindow> Of(EncodedText encoded, int sequence, int stride)
    {
        var windows = new List<TextWindow>(1 + encoded.Overflowing.Length);
        var position = 0;
        foreach (var (index, window) in encoded.Overflowing.Prepend(encoded).Index())
        {
            var (first, end) = ExtentOf(window, sequence);
            var (isFirst, isLast) = (index == 0, index == encoded.Overflowing.Length);
            var own = (isFirst ? first : first + ((stride + 1) / 2))..(isLast ? end : end - (stride / 2));
            windows.Add(new TextWindow(TextTaskModel.ToSequence(window), first..end, position, own));
            position += end - first - stride;
        }
        return windows;
    }

    private static (int First, int End) ExtentOf(EncodedText window, int sequence)
    {
        var (first, end) = (0, window.Length);
        while (first < end && window.SequenceIds[first] != sequence)
            first++;
        while (end > first && window.SequenceIds[end - 1] != sequence)
            end--;
        return (first, end);
    }
}
