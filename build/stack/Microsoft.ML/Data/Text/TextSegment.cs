namespace Microsoft.ML.Data;

/// <summary>A run of source fields, from <paramref name="Start"/> to before <paramref name="Limit"/>.</summary>
internal readonly record struct TextSegment(int Start, int Limit, bool ForceVector)
{
    /// <summary>The limit of a segment that reaches to the end of each line.</summary>
    public const int EndOfLine = int.MaxValue;

    public bool IsVariable => Limit == EndOfLine;
    public int Length => Limit - Start;
}
