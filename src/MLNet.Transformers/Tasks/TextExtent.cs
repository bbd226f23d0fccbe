namespace MLNet.Transformers.Tasks;

/// <summary>Where something stands in a text, in UTF-16 units.</summary>
internal readonly record struct TextExtent(int Start, int End)
{
    public int Length => End - Start;

    public string In(string text) => text[Start..End];

    /// <summary>The extent without white space at its ends.</summary>
    public TextExtent TrimIn(string text)
    {
        var (start, end) = (Start, End);
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new(start, end);
    }
}
