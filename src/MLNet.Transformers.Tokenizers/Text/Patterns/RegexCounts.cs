using System.Globalization;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads how often a part of a regular expression is repeated.</summary>
internal static class RegexCounts
{
    private const int MostRepetitions = 100_000;

    /// <summary>Reads <c>*</c>, <c>+</c>, <c>?</c> or an interval such as <c>{2,3}</c>, if one stands there.</summary>
    /// <exception cref="FormatException">The counts cannot be.</exception>
    public static bool TryParse(string expression, ref int position, out int least, out int most, out bool isInterval)
    {
        (least, most, isInterval) = (0, int.MaxValue, false);
        switch (position < expression.Length ? expression[position] : '\0')
        {
            case '*':
                break;
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{':
                isInterval = TryParseInterval(expression, ref position, out least, out most);
                return isInterval;
            default:
                return false;
        }

        position++;
        return true;
    }

    private static bool TryParseInterval(string expression, ref int position, out int least, out int most)
    {
        (least, most) = (0, int.MaxValue);
        int close = expression.IndexOf('}', position);
        if (close < 0)
        {
            return false;
        }

        string[] counts = expression[(position + 1)..close].Split(',');
        bool hasLeast = int.TryParse(counts[0], NumberStyles.None, CultureInfo.InvariantCulture, out least);
        bool hasMost = int.TryParse(counts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out most);
        bool isCount = counts.Length switch
        {
            1 => hasLeast,
            2 => (hasLeast || (counts[0].Length == 0 && hasMost)) && (hasMost || (counts[1].Length == 0 && hasLeast)),
            _ => false,
        };
        if (!isCount)
        {
            // A brace that counts nothing is a brace.
            return false;
        }

        most = hasMost ? most : int.MaxValue;
        if (least > MostRepetitions || (hasMost && (most > MostRepetitions || most < least)))
        {
            throw new FormatException($"The regular expression '{expression}' has counts that cannot be at {position}.");
        }

        position = close + 1;
        return true;
    }
}
