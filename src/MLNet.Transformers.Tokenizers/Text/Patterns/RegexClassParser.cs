using System.Globalization;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads escapes and bracketed classes of a regular expression into rules over code points.</summary>
/// <param name="expression">The regular expression.</param>
internal sealed class RegexClassParser(string expression)
{
    /// <summary>Reads from an opening bracket to its closing one.</summary>
    public Func<int, bool> ParseBracket(ref int position)
    {
        position++;
        bool negated = TryTake('^', ref position);
        Func<int, bool>? intersected = null;
        var rules = new List<Func<int, bool>>();
        for (bool first = true; ; first = false)
        {
            if (position >= expression.Length)
            {
                throw Error("a class without an end", position);
            }

            if (!first && TryTake(']', ref position))
            {
                break;
            }

            if (expression.AsSpan(position).StartsWith("&&"))
            {
                position += 2;
                intersected = Intersect(intersected, Union(rules));
                rules = [];
                continue;
            }

            rules.Add(ParseMember(ref position));
        }

        Func<int, bool> all = Intersect(intersected, Union(rules));
        return negated ? codePoint => !all(codePoint) : all;
    }

    /// <summary>Reads an escape that stands for one character of a class.</summary>
    public Func<int, bool> ParseEscape(ref int position, bool inBracket)
    {
        char letter = position + 1 < expression.Length ? expression[position + 1] : throw Error("a backslash at the end", position);
        Func<int, bool>? rule = letter switch
        {
            's' => CharacterClasses.IsSpace,
            'S' => codePoint => !CharacterClasses.IsSpace(codePoint),
            'd' => CharacterClasses.IsDigit,
            'D' => codePoint => !CharacterClasses.IsDigit(codePoint),
            'w' => inBracket ? CharacterClasses.IsWord : CharacterClasses.IsLooseWord,
            'W' => inBracket ? codePoint => !CharacterClasses.IsWord(codePoint) : codePoint => !CharacterClasses.IsLooseWord(codePoint),
            'h' => CharacterClasses.IsHexadecimal,
            'H' => codePoint => !CharacterClasses.IsHexadecimal(codePoint),
            'N' when !inBracket => codePoint => codePoint != '\n',
            'O' when !inBracket => _ => true,
            _ => null,
        };
        if (rule is not null)
        {
            position += 2;
            return rule;
        }

        if (letter is 'p' or 'P')
        {
            position += 2;
            return ParseProperty(letter == 'P', ref position);
        }

        int value = ParseCodePoint(ref position);
        return codePoint => codePoint == value;
    }

    private Func<int, bool> ParseMember(ref int position)
    {
        if (expression[position] == '[')
        {
            return expression.AsSpan(position).StartsWith("[:") && TryParsePosix(ref position, out Func<int, bool>? posix) ? posix! : ParseBracket(ref position);
        }

        if (expression[position] == '\\' && position + 1 < expression.Length && "sSdDwWhHpP".Contains(expression[position + 1], StringComparison.Ordinal))
        {
            return ParseEscape(ref position, inBracket: true);
        }

        int first = ParseCodePoint(ref position);
        bool isRange = position + 1 < expression.Length && expression[position] == '-' && expression[position + 1] != ']'
            && !(expression[position + 1] == '\\' && position + 2 < expression.Length && "sSdDwWhHpP".Contains(expression[position + 2], StringComparison.Ordinal));
        if (!isRange)
        {
            return codePoint => codePoint == first;
        }

        position++;
        int last = ParseCodePoint(ref position);
        return last >= first ? codePoint => codePoint >= first && codePoint <= last : throw Error("a range that runs backwards", position);
    }

    private bool TryParsePosix(ref int position, out Func<int, bool>? rule)
    {
        rule = null;
        int close = expression.IndexOf(":]", position, StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }

        string name = expression[(position + 2)..close];
        bool negated = name.StartsWith('^');
        if (CharacterClasses.Find(name.TrimStart('^')) is not { } found)
        {
            return false;
        }

        position = close + 2;
        rule = negated ? codePoint => !found(codePoint) : found;
        return true;
    }

    private Func<int, bool> ParseProperty(bool negated, ref int position)
    {
        string name;
        if (TryTake('{', ref position))
        {
            negated ^= TryTake('^', ref position);
            int close = expression.IndexOf('}', position);
            name = close > position ? expression[position..close] : throw Error("a property without a name", position);
            position = close + 1;
        }
        else
        {
            name = position < expression.Length ? expression[position++].ToString() : throw Error("a property without a name", position);
        }

        Func<int, bool> rule = CharacterClasses.Find(name) ?? throw Error($"an unknown property '{name}'", position);
        return negated ? codePoint => !rule(codePoint) : rule;
    }

    private int ParseCodePoint(ref int position)
    {
        int codePoint = Characters.GetCodePoint(expression, position, out int length);
        position += length;
        if (codePoint != '\\')
        {
            return codePoint;
        }

        codePoint = position < expression.Length ? Characters.GetCodePoint(expression, position, out length) : throw Error("a backslash at the end", position);
        position += length;
        return codePoint switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'b' => '\b',
            'e' => 0x1B,
            '0' => ParseNumber(0, 2, 8, ref position),
            'u' => ParseNumber(4, 4, 16, ref position),
            'x' when TryTake('{', ref position) => ParseBraced(ref position),
            'x' => ParseNumber(1, 2, 16, ref position),
            _ => codePoint,
        };
    }

    private int ParseBraced(ref int position)
    {
        int value = ParseNumber(1, 6, 16, ref position);
        return TryTake('}', ref position) ? value : throw Error("a code point without an end", position);
    }

    private int ParseNumber(int least, int most, int radix, ref int position)
    {
        int start = position, value = 0;
        while (position < expression.Length && position - start < most && char.IsAsciiHexDigit(expression[position])
            && int.Parse(expression.AsSpan(position, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is var digit && digit < radix)
        {
            value = (value * radix) + digit;
            position++;
        }

        return position - start >= least && value <= 0x10FFFF ? value : throw Error("a code point that is none", position);
    }

    private bool TryTake(char wanted, ref int position)
    {
        if (position >= expression.Length || expression[position] != wanted)
        {
            return false;
        }

        position++;
        return true;
    }

    private static Func<int, bool> Union(List<Func<int, bool>> rules) => codePoint =>
    {
        foreach (Func<int, bool> rule in rules)
        {
            if (rule(codePoint))
            {
                return true;
            }
        }

        return false;
    };

    private static Func<int, bool> Intersect(Func<int, bool>? first, Func<int, bool> second) =>
        first is null ? second : codePoint => first(codePoint) && second(codePoint);

    private FormatException Error(string complaint, int position) => new($"The regular expression '{expression}' has {complaint} at {position}.");
}
