namespace MLNet.Transformers.Tasks;

/// <summary>The tags of words, and what they spell.</summary>
internal sealed class TagSet
{
    private readonly IReadOnlyList<string> names;
    private readonly int[] continuations;

    /// <param name="names">The tags, in the order of their keys.</param>
    /// <param name="scheme">What they spell; null to tell it from the tags.</param>
    public TagSet(IReadOnlyList<string> names, TaggingScheme? scheme = null)
    {
        this.names = names;
        Scheme = scheme ?? Find(names);
        Outside = names.Index().Where(tag => tag.Item == "O").Select(tag => (int?)tag.Index).FirstOrDefault();
        continuations = [.. names.Index().Select(tag => ContinuationOf(tag.Index))];
    }

    public TaggingScheme Scheme { get; }

    /// <summary>Index of the tag for words outside of all entities; null where the tags have none.</summary>
    public int? Outside { get; }

    /// <summary>The tag of a word's further tokens.</summary>
    public int Continuation(int tag) => continuations[tag];

    /// <summary>The entities that tags spell; a tag of -1 is of none.</summary>
    public IReadOnlyList<EntitySpan> Read(IEnumerable<int> tags) => EntitySpan.Read([.. tags.Select(tag => tag < 0 ? "O" : names[tag])], Scheme);

    /// <summary>Twice the entities that are right, and all that are true or predicted: the parts of their F1.</summary>
    public (double Metric, double Count) Measure(IReadOnlyList<int> actual, IReadOnlyList<int> predicted)
    {
        var (expected, found) = (Read(actual), Read(predicted));
        return (2 * expected.Intersect(found).Count(), expected.Count + found.Count);
    }

    private int ContinuationOf(int tag)
    {
        if (Scheme is not (TaggingScheme.Iob or TaggingScheme.Iob2) || !names[tag].StartsWith('B'))
            return tag;
        var inside = names.Index().Where(other => other.Item == $"I{names[tag][1..]}").Select(other => (int?)other.Index).FirstOrDefault();
        return inside ?? tag;
    }

    private static TaggingScheme Find(IReadOnlyList<string> names) =>
        names.All(name => HasPrefix(name, "BI")) ? TaggingScheme.Iob
        : names.All(name => HasPrefix(name, "BILU")) ? TaggingScheme.Bilou
        : TaggingScheme.Plain;

    private static bool HasPrefix(string name, string prefixes) =>
        name == "O" || (name.Length > 0 && prefixes.Contains(name[0], StringComparison.Ordinal) && (name.Length == 1 || name[1] == '-'));
}
