namespace MLNet.Transformers.Tokenizers;

/// <summary>A part of a regular expression.</summary>
internal abstract record RegexNode
{
    /// <summary>One character of a set.</summary>
    public sealed record Set(CodePointSet Characters) : RegexNode;

    /// <summary>Parts that follow each other; none at all matches nothing in particular.</summary>
    public sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode;

    /// <summary>Parts of which the first that leads to a match is taken.</summary>
    public sealed record Choice(IReadOnlyList<RegexNode> Options) : RegexNode;

    /// <summary>A part that is matched from <paramref name="Least"/> to <paramref name="Most"/> times.</summary>
    public sealed record Repeat(RegexNode Body, int Least, int Most, RegexGreed Greed) : RegexNode;

    /// <summary>A part that must match, or must not, without taking anything.</summary>
    public sealed record Look(RegexNode Body, bool Behind, bool Negative) : RegexNode;

    /// <summary>A part that does not give back what it took.</summary>
    public sealed record Atomic(RegexNode Body) : RegexNode;

    /// <summary>A place in the text.</summary>
    public sealed record Place(RegexPlace Kind) : RegexNode;

    /// <summary>The fewest code points that the part takes.</summary>
    public int LeastLength => this switch
    {
        Set => 1,
        Sequence sequence => sequence.Parts.Sum(part => part.LeastLength),
        Choice choice => choice.Options.Min(option => option.LeastLength),
        Repeat repeat => repeat.Least * repeat.Body.LeastLength,
        Atomic atomic => atomic.Body.LeastLength,
        _ => 0,
    };

    /// <summary>The most code points that the part takes, or <see cref="int.MaxValue"/> where nothing limits it.</summary>
    public int MostLength => this switch
    {
        Set => 1,
        Sequence sequence => sequence.Parts.Aggregate(0, (sum, part) => Add(sum, part.MostLength)),
        Choice choice => choice.Options.Max(option => option.MostLength),
        Repeat repeat => repeat.Most == int.MaxValue || repeat.Body.MostLength == int.MaxValue ? int.MaxValue : repeat.Most * repeat.Body.MostLength,
        Atomic atomic => atomic.Body.MostLength,
        _ => 0,
    };

    private static int Add(int first, int second) => first == int.MaxValue || second == int.MaxValue ? int.MaxValue : first + second;
}

/// <summary>How a repetition takes as much as it can.</summary>
internal enum RegexGreed
{
    /// <summary>Most first, giving back where the rest does not match.</summary>
    Greedy,

    /// <summary>Least first.</summary>
    Lazy,

    /// <summary>Most, never giving back.</summary>
    Possessive,
}

/// <summary>Places that a regular expression can ask for.</summary>
internal enum RegexPlace
{
    /// <summary><c>^</c></summary>
    LineStart,

    /// <summary><c>$</c></summary>
    LineEnd,

    /// <summary><c>\A</c></summary>
    TextStart,

    /// <summary><c>\z</c></summary>
    TextEnd,

    /// <summary><c>\Z</c></summary>
    TextEndOrLastLineEnd,

    /// <summary><c>\b</c></summary>
    WordBoundary,

    /// <summary><c>\B</c></summary>
    NoWordBoundary,
}
