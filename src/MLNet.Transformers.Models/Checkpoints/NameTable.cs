namespace MLNet.Transformers.Models;

/// <summary>
/// Published weight names and ours, a line a rule: <c>theirs = ours</c>, with <c>{}</c> for a layer number, <c>{a,b}</c> for
/// tensors that are apart on one side, <c>| transpose</c> for matrices stored (in, out), <c>| row</c> for tensors stored as the one
/// row of another, and <c>| bare</c> for tensors stored without the leading dimensions of size 1 that ours have. A rule holds for every name that starts with it; the longest wins. An empty right side names tensors that are published and of no use here; beside a rule of the
/// same name, where there are models that have no use for it. A right side that stood before is another spelling, which is read
/// and not written. A head's tensors are <c>head.…</c>; where kinds of heads are published differently, the kind's class name stands instead, as in <c>TokenClassification.output</c>,
/// and goes first.
/// </summary>
public sealed class NameTable
{
    /// <summary>Holds for every family: the maps after pooling, which are published in folders of their own.</summary>
    internal const string EmbeddingSteps = "sentence_embedding";

    /// <summary>Holds for every family: the classes of a vocabulary by how frequent they are, which nobody else publishes.</summary>
    internal const string AdaptiveSoftmax = "adaptive_softmax";

    private readonly List<Rule> rules;
    private readonly string prefix;

    private NameTable(List<Rule> rules, string prefix)
    {
        this.rules = rules;
        this.prefix = prefix;
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line is no rule.</exception>
    public static NameTable Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var first = lines.Length > 0 ? lines[0] : throw new FormatException("A name table needs at least one line.");
        var seen = new HashSet<string>();
        var rules = lines.Concat([$"{EmbeddingSteps} = SentenceEmbedding.steps", $"{AdaptiveSoftmax} = {nameof(AdaptiveSoftmaxHead)}"]).Select(line => Rule.Parse(line, seen)).ToList();
        return new NameTable(rules, first[..first.IndexOf('.')]);
    }

    /// <summary>Where a tensor of ours is published.</summary>
    /// <param name="ours">The tensor's name; a head's starts with the class name of the head.</param>
    /// <exception cref="InvalidOperationException">No rule names it: the table is not whole.</exception>
    public PublishedTensor Publish(string ours) =>
        Find(ours.Split('.'), ours) ?? throw new InvalidOperationException($"The name table has no published name for '{ours}'.");

    /// <summary>Whether a tensor of ours is published.</summary>
    /// <param name="ours">The tensor's name; a head's starts with the class name of the head.</param>
    public bool Publishes(string ours) => Find(ours.Split('.'), ours) is not null;

    /// <summary>The published spelling of a name found in a checkpoint: other spellings, old ones of norms, and a prefix too few or too many.</summary>
    public string Normalise(string found)
    {
        var name = ModernNorm(found);
        var candidates = new[] { name, $"{prefix}.{name}", name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] };
        return candidates.FirstOrDefault(candidate => Find(candidate).Any()) is { } known ? Respell(known) : name;
    }

    /// <summary>Whether a published tensor may be left aside: it is of no use here, or it belongs to a head.</summary>
    public bool IsOptional(string published) => Find(published).Any(rule => rule.Ours is null || rule.IsHead);

    /// <summary>Whether a name of ours is that of a head's tensor.</summary>
    internal static bool IsHeadName(string ours) => char.IsUpper(ours[0]) || ours.StartsWith(Rule.AnyHead + ".", StringComparison.Ordinal);

    private PublishedTensor? Find(string[] path, string ours) =>
        Publish(path) ?? (IsHeadName(ours) ? Publish([Rule.AnyHead, .. path[1..]]) : null);

    private PublishedTensor? Publish(string[] ours)
    {
        Rule? best = null;
        NameMatch? bestMatch = null;
        foreach (var rule in rules)
            if (rule.Ours is not null && !rule.IsOtherSpelling && (best is null || rule.Ours.Length > best.Ours!.Length) && rule.Ours.Match(ours) is { } match)
                (best, bestMatch) = (rule, match);
        return best is null || bestMatch is null ? null : best.Publish(bestMatch);
    }

    /// <summary>The rules that name a published tensor most exactly.</summary>
    private IEnumerable<Rule> Find(string published)
    {
        var path = published.Split('.');
        return rules.Where(rule => rule.Theirs.Match(path) is not null).GroupBy(rule => rule.Theirs.Length).MaxBy(group => group.Key) ?? Enumerable.Empty<Rule>();
    }

    /// <summary>A name in its published spelling where it has another one.</summary>
    private string Respell(string name) => Find(name).FirstOrDefault(rule => rule.IsOtherSpelling) is { } rule
        ? Publish(rule.Ours!.Fill(rule.Theirs.Match(name.Split('.'))!, 0)).Names[0]
        : name;

    private static string ModernNorm(string name) =>
        name.EndsWith(".gamma", StringComparison.Ordinal) ? name[..^".gamma".Length] + ".weight"
        : name.EndsWith(".beta", StringComparison.Ordinal) ? name[..^".beta".Length] + ".bias"
        : name;

    private sealed record Rule(NamePattern Theirs, NamePattern? Ours, PublishedForm Form, bool IsHead, bool IsOtherSpelling)
    {
        public const string AnyHead = "head";

        public static Rule Parse(string line, HashSet<string> seen)
        {
            var equals = line.IndexOf('=');
            if (equals < 0)
                throw new FormatException($"'{line}' is no rule: it has no '='.");
            var theirs = NamePattern.Parse(line[..equals].Trim());
            var right = line[(equals + 1)..].Split('|', StringSplitOptions.TrimEntries);
            var form = right.Length == 1 ? PublishedForm.Same : (right.Length, right[1]) switch
            {
                (2, "transpose") => PublishedForm.Transposed,
                (2, "row") => PublishedForm.Row,
                (2, "bare") => PublishedForm.Bare,
                _ => throw new FormatException($"'{line}' is no rule: '| transpose', '| row' and '| bare' are all that may follow."),
            };
            if (right[0].Length == 0)
                return new(theirs, null, PublishedForm.Same, false, false);
            var ours = NamePattern.Parse(right[0]);
            if (theirs.Choices != ours.Choices && theirs.Choices != 1 && ours.Choices != 1)
                throw new FormatException($"'{line}' is no rule: its sides have choices of {theirs.Choices} and {ours.Choices}.");
            var isOtherSpelling = !seen.Add(right[0]);
            if (isOtherSpelling && (theirs.Choices > 1 || ours.Choices > 1 || right.Length == 2))
                throw new FormatException($"'{line}' is no rule: another spelling has neither choices nor a transposition.");
            return new(theirs, ours, form, IsHeadName(right[0]), isOtherSpelling);
        }

        public PublishedTensor Publish(NameMatch match)
        {
            var (there, here) = (Theirs.Choices, Ours!.Choices);
            if (there == here)
                return new([Theirs.Fill(match, match.Choice)], 0, 1, Form);
            return there > 1
                ? new([.. Enumerable.Range(0, there).Select(choice => Theirs.Fill(match, choice))], 0, 1, Form)
                : new([Theirs.Fill(match, 0)], match.Choice, here, Form);
        }
    }
}

/// <summary>Where one tensor of ours is published.</summary>
/// <param name="Names">The published tensors that, joined along their first dimension, hold it.</param>
/// <param name="Part">Which part of the one published tensor it is.</param>
/// <param name="Parts">How many parts of ours the one published tensor holds; 1 when it is ours alone.</param>
/// <param name="Form">How its values are laid out there.</param>
public sealed record PublishedTensor(IReadOnlyList<string> Names, int Part, int Parts, PublishedForm Form)
{
    /// <summary>Whether matrices are published the other way round.</summary>
    public bool Transposed => Form == PublishedForm.Transposed;
}

/// <summary>How a published tensor's values are laid out.</summary>
public enum PublishedForm
{
    /// <summary>As ours.</summary>
    Same,

    /// <summary>Matrices the other way round.</summary>
    Transposed,

    /// <summary>As the one row of a tensor with one dimension more, in front.</summary>
    Row,

    /// <summary>Without the leading dimensions of size 1 that ours have.</summary>
    Bare,
}
