using System.Text.RegularExpressions;

namespace MLNet.Transformers.Evaluation;

/// <summary>
/// An answer as SQuAD compares it: in lower case, without ASCII punctuation, without English articles, single-spaced, as
/// <see href="https://rajpurkar.github.io/SQuAD-explorer/">the published evaluation</see> has it.
/// </summary>
internal sealed partial class NormalizedAnswer
{
    private readonly string[] words;

    public NormalizedAnswer(string answer)
    {
        var letters = string.Concat(answer.ToLowerInvariant().Where(character => !(char.IsAscii(character) && (char.IsPunctuation(character) || char.IsSymbol(character)))));
        words = Article().Replace(letters, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    public bool IsEmpty => words.Length == 0;

    public double ExactMatch(NormalizedAnswer predicted) => words.SequenceEqual(predicted.words) ? 1 : 0;

    /// <summary>Words in common, each as often as both have it; without any words on a side, whether both have none.</summary>
    public double F1(NormalizedAnswer predicted)
    {
        if (IsEmpty || predicted.IsEmpty)
            return IsEmpty && predicted.IsEmpty ? 1 : 0;
        var counts = predicted.words.CountBy(word => word).ToDictionary();
        var shared = words.CountBy(word => word).Sum(word => Math.Min(word.Value, counts.GetValueOrDefault(word.Key)));
        return 2.0 * shared / (words.Length + predicted.words.Length);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(a|an|the)(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Article();
}
