using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>The name of a project: its folder, its files and its class bear it.</summary>
internal static partial class ProjectName
{
    private const int Longest = 100;

    /// <summary>Why a name will not do, a sentence with what to do; null where it will.</summary>
    public static string? WhyNot(string name)
    {
        if (!Identifier().IsMatch(name))
            return "the name of the project must be a C# identifier: letters, digits and underscores, with a letter first, such as Reviews.";
        if (name.Length > Longest)
            return $"the name of the project may have {Longest} characters at most.";
        if (name.All(character => char.IsAsciiLetterLower(character) || !char.IsLetter(character)))
            return $"C# keeps names of small letters only for itself; take '{Capitalized(name)}'.";
        if (ReservedNames.Contains(name))
            return "the code of every project has that name in it already; take another.";
        return null;
    }

    /// <summary>A name made from that of a file or folder: its words, each with a capital first; null where there are none in it.</summary>
    public static string? From(string path)
    {
        var file = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var name = string.Concat(Word().Matches(file).Select(word => Capitalized(word.Value)));
        if (name.Length == 0)
            return null;
        if (!char.IsLetter(name[0]))
            name = $"Model{name}";
        if (ReservedNames.Contains(name))
            name = $"{name}Model";
        name = name[..Math.Min(name.Length, Longest)];
        return WhyNot(name) is null ? name : null;
    }

    private static string Capitalized(string word) =>
        new StringBuilder(word) { [0] = char.ToUpper(word[0], CultureInfo.InvariantCulture) }.ToString();

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd}_]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
