using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tests.Models;

/// <summary>
/// What a published checkpoint holds: a file in Goldens/presets, whose first line says the number of parameters and who says so, and
/// whose others are a name and a shape each, with {0..11} for layer numbers and {a,b} for words.
/// </summary>
internal sealed partial record PresetGolden(long Parameters, IReadOnlyDictionary<string, long[]> Shapes)
{
    private static readonly string Folder = Golden.Folder("presets");

    /// <summary>The presets that have such a file.</summary>
    public static IEnumerable<string> Presets => Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order();

    public static PresetGolden Read(string preset)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{preset}.txt"));
        var count = long.Parse(Count().Match(lines[0]).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return new(count, lines[1..].SelectMany(Row).ToDictionary());
    }

    private static IEnumerable<KeyValuePair<string, long[]>> Row(string line)
    {
        var parts = line.Split(" (");
        long[] shape = [.. parts[1].TrimEnd(')').Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(size => long.Parse(size, CultureInfo.InvariantCulture))];
        return Expand(parts[0]).Select(name => KeyValuePair.Create(name, shape));
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var match = Choice().Match(pattern);
        if (!match.Success)
            return [pattern];
        var words = match.Groups[1].Value.Split("..") is [var first, var last]
            ? Enumerable.Range(0, int.Parse(last, CultureInfo.InvariantCulture) + 1).Skip(int.Parse(first, CultureInfo.InvariantCulture)).Select(number => number.ToString(CultureInfo.InvariantCulture))
            : match.Groups[1].Value.Split(',');
        return words.SelectMany(word => Expand(pattern[..match.Index] + word + pattern[(match.Index + match.Length)..]));
    }

    [GeneratedRegex("^# ([0-9,]+) parameters: ")]
    private static partial Regex Count();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Choice();
}
