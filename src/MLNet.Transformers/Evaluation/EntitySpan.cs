namespace MLNet.Transformers;

/// <summary>Words of a sentence that together are an entity.</summary>
/// <param name="Type">What kind of entity.</param>
/// <param name="Start">Index of its first word.</param>
/// <param name="End">Index after its last word.</param>
public readonly record struct EntitySpan(string Type, int Start, int End)
{
    /// <summary>The entities that a sentence's tags spell, in order.</summary>
    /// <param name="tags">One a word: <c>O</c>, or a prefix, a hyphen and a type; a prefix alone is of the type <c>_</c>. Plain tags have no prefix.</param>
    /// <param name="scheme">What the prefixes mean.</param>
    /// <exception cref="ArgumentException">A tag has a prefix that the scheme does not know.</exception>
    public static IReadOnlyList<EntitySpan> Read(IReadOnlyList<string> tags, TaggingScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var entities = new List<EntitySpan>();
        int? start = null;
        var last = Tag.Outside;
        for (var i = 0; i <= tags.Count; i++)
        {
            var tag = i < tags.Count ? Tag.Parse(tags[i], scheme) : Tag.Outside;
            if (start is { } first && !tag.Continues(last))
            {
                if (scheme != TaggingScheme.Bilou || last.Prefix is 'L' or 'U')
                    entities.Add(new EntitySpan(last.Type, first, i));
                start = null;
            }
            if (start is null && tag.Begins(scheme))
                start = i;
            last = tag;
        }
        return entities;
    }

    private readonly record struct Tag(char Prefix, string Type)
    {
        public static Tag Outside => new('O', "_");

        public static Tag Parse(string text, TaggingScheme scheme)
        {
            if (scheme == TaggingScheme.Plain)
                return text == "O" ? Outside : new Tag('I', text);
            var (prefix, type) = text.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen ? (text[..hyphen], text[(hyphen + 1)..]) : (text, "_");
            return prefix.Length == 1 && (scheme == TaggingScheme.Bilou ? "BILOU" : "BIO").Contains(prefix[0], StringComparison.Ordinal)
                ? new Tag(prefix[0], type)
                : throw new ArgumentException($"The tag '{text}' is none of the scheme {scheme}: its prefix is not one of {string.Join(", ", (scheme == TaggingScheme.Bilou ? "BILOU" : "BIO").ToCharArray())}.", nameof(text));
        }

        public bool Continues(Tag before) => Prefix is 'I' or 'L' && before.Prefix is 'B' or 'I' && Type == before.Type;

        public bool Begins(TaggingScheme scheme) => Prefix is 'B' or 'U' || (Prefix == 'I' && scheme is TaggingScheme.Iob or TaggingScheme.Plain);
    }
}
