using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>Where the right answer stands in a text, and which tokens it is made of.</summary>
internal static class AnswerSpan
{
    /// <summary>Checks that an answer stands where it is said to.</summary>
    /// <returns>Its extent without white space at the ends; null where it is empty.</returns>
    /// <exception cref="ArgumentException">It does not; the message says where it does.</exception>
    public static TextExtent? Find(string context, string answer, int start, string description)
    {
        if (string.IsNullOrWhiteSpace(answer))
            return null;
        if (IsAt(context, answer, start))
            return new TextExtent(start, start + answer.Length).TrimIn(context);
        var hint = context.IndexOf(answer, StringComparison.Ordinal) switch
        {
            < 0 => "the text does not have it",
            _ when IsAt(context, answer, InUnits(context, start)) => $"it is at {InUnits(context, start)} in UTF-16 units, which count here; {start} counts code points",
            var found => $"it is at {found}",
        };
        throw new ArgumentException($"{description} '{answer}' is not at {start} of the text: {hint}.");
    }

    /// <summary>The windows to learn from: with the answer's tokens, or with none of them. Windows with a part of the answer teach nothing.</summary>
    /// <param name="question">The question with its windows.</param>
    /// <param name="answer">Where the answer stands; null where there is none.</param>
    public static IEnumerable<SpanSequence> Label(AnswerableQuestion question, TextExtent? answer)
    {
        foreach (var window in question.Windows)
        {
            var (first, last) = answer is { } wanted ? TokensOf(window, wanted) : (-1, -1);
            if (first < 0)
                yield return new SpanSequence(window.Tokens, window.NoAnswer, window.NoAnswer, HasSpan: false);
            else if (window.Extents[first].Start <= answer!.Value.Start && window.Extents[last].End >= answer.Value.End)
                yield return new SpanSequence(window.Tokens, window.First + first, window.First + last);
        }
    }

    /// <summary>The first and the last of a window's tokens that share a character with an extent; -1 for none.</summary>
    private static (int First, int Last) TokensOf(ContextWindow window, TextExtent extent)
    {
        var (first, last) = (-1, -1);
        for (var token = 0; token < window.Extents.Count; token++)
        {
            if (window.Extents[token].Start >= extent.End || window.Extents[token].End <= extent.Start)
                continue;
            first = first < 0 ? token : first;
            last = token;
        }
        return (first, last);
    }

    private static bool IsAt(string context, string answer, int start) =>
        start >= 0 && start <= context.Length - answer.Length && context.AsSpan(start, answer.Length).SequenceEqual(answer);

    /// <summary>The place, in UTF-16 units, of the character that so many code points go before.</summary>
    private static int InUnits(string context, int codePoints)
    {
        var units = 0;
        foreach (var rune in context.EnumerateRunes())
        {
            if (codePoints-- <= 0)
                break;
            units += rune.Utf16SequenceLength;
        }
        return units;
    }
}
