namespace MLNet.Transformers.Tasks;

/// <summary>A text in two parts.</summary>
internal readonly record struct TextHalves(string First, string Second)
{
    /// <summary>Cuts a text near its middle: after a sentence where it has several, else between words; null where it has a single word.</summary>
    public static TextHalves? Of(string text)
    {
        var whole = text.Trim();
        var spaces = Enumerable.Range(0, whole.Length).Where(index => char.IsWhiteSpace(whole[index])).ToArray();
        if (spaces.Length == 0)
            return null;
        var ends = spaces.Where(space => whole[space - 1] is '.' or '!' or '?' or '。').ToArray();
        var cut = (ends.Length > 0 ? ends : spaces).MinBy(space => Math.Abs(space - whole.Length / 2));
        return new(whole[..cut].TrimEnd(), whole[cut..].TrimStart());
    }
}
