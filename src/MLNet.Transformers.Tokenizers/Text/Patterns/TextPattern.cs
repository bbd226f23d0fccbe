using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>What is searched for in a text: a string, or a regular expression in the syntax of Oniguruma.</summary>
/// <seealso href="https://github.com/kkos/oniguruma/blob/master/doc/RE"/>
public sealed class TextPattern
{
    [ThreadStatic]
    private static RegexMatcher? t_matcher;

    private readonly RegexProgram? _program;
    private readonly WordScanner? _scanner;

    private TextPattern(string text, bool isRegex)
    {
        ArgumentNullException.ThrowIfNull(text);
        (Text, IsRegex) = (text, isRegex);
        if (isRegex)
        {
            _program = RegexProgram.Compile(text);
            _scanner = WordScanner.Find(text);
        }
    }

    /// <summary>The string or the regular expression.</summary>
    public string Text { get; }

    /// <summary>Whether <see cref="Text"/> is a regular expression.</summary>
    public bool IsRegex { get; }

    /// <summary>Searches for a string.</summary>
    public static TextPattern Literal(string text) => new(text, isRegex: false);

    /// <summary>Searches with a regular expression.</summary>
    /// <exception cref="FormatException">The expression is malformed, or asks for something that is not supported.</exception>
    public static TextPattern Regex(string expression) => new(expression, isRegex: true);

    internal static TextPattern Read(JsonPart part)
    {
        if (part.Find("String") is { } literal)
        {
            return Literal(literal.AsString());
        }

        JsonPart regex = part["Regex"];
        try
        {
            return Regex(regex.AsString());
        }
        catch (FormatException exception)
        {
            throw regex.Error(exception.Message.TrimEnd('.'));
        }
    }

    internal void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteString(IsRegex ? "Regex" : "String", Text);
        writer.WriteEndObject();
    }

    /// <summary>Tells the matches in a piece of text and what is between them, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the piece starts; nothing before it is seen.</param>
    /// <param name="end">Where the piece ends; nothing after it is seen.</param>
    /// <param name="collector">What is told; <c>isDelimiter</c> is <paramref name="matchesAreDelimiters"/> for the matches.</param>
    /// <param name="matchesAreDelimiters">Whether the matches, or what is between them, are the delimiters.</param>
    internal void Split(ReadOnlySpan<char> text, int start, int end, ref PieceCollector collector, bool matchesAreDelimiters = true)
    {
        ReadOnlySpan<char> piece = text[start..end];
        int done = 0;
        for (var search = new Search(this); search.TryFindNext(piece);)
        {
            if (done < search.Start)
            {
                collector.Add(start + done, start + search.Start, !matchesAreDelimiters);
            }

            collector.Add(start + search.Start, start + search.End, matchesAreDelimiters);
            done = search.End;
        }

        if (done < piece.Length)
        {
            collector.Add(start + done, end, !matchesAreDelimiters);
        }

        collector.Finish();
    }

    /// <summary>Walks over the matches in a text.</summary>
    internal ref struct Search(TextPattern pattern)
    {
        private int _next;
        private int _lastEnd = -1;

        public int Start { get; private set; }

        public int End { get; private set; }

        public bool TryFindNext(ReadOnlySpan<char> text)
        {
            while (_next <= text.Length && pattern.TryMatch(text, _next, out int start, out int end))
            {
                if (start == end && end == _lastEnd)
                {
                    // An empty match directly after a match does not count.
                    _next = end + (end < text.Length && char.IsHighSurrogate(text[end]) ? 2 : 1);
                    continue;
                }

                (Start, End) = (start, end);
                _next = _lastEnd = end;
                return true;
            }

            return false;
        }
    }

    private bool TryMatch(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        if (_program is null)
        {
            int index = Text.Length == 0 ? -1 : text[from..].IndexOf(Text);
            (start, end) = (from + index, from + index + Text.Length);
            return index >= 0;
        }

        RegexMatcher matcher = t_matcher ??= new RegexMatcher();
        for (start = from; start <= text.Length; start++)
        {
            if (start > 0 && start < text.Length && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]))
            {
                continue;
            }

            end = _scanner is null ? matcher.Match(_program, text, start) : _scanner.Match(text, start);
            if (end >= 0)
            {
                return true;
            }
        }

        end = -1;
        return false;
    }
}
