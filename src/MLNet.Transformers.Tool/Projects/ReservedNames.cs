using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tool.Projects;

/// <summary>Names that no project can have, since its code means something else by them: all that the templates and the options of trainers use.</summary>
internal static partial class ReservedNames
{
    private static readonly Lazy<HashSet<string>> Known = new(() =>
    [
        .. Template.Names("").Where(name => name.EndsWith(".cs.template", StringComparison.Ordinal)).SelectMany(NamesIn),
        // The class that the statements of Program.cs make.
        "Program",
        .. typeof(FineTuningOptions).Assembly.GetExportedTypes().Select(type => type.Name),
        .. typeof(Models.TrainingOptions).Assembly.GetExportedTypes().Select(type => type.Name),
    ]);

    /// <summary>Whether a name is taken.</summary>
    public static bool Contains(string name) => Known.Value.Contains(name);

    private static IEnumerable<string> NamesIn(string template) => Template.Read(template).Split('\n')
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => Name().Matches(line).Select(match => match.Value));

    [GeneratedRegex(@"(?<![\w$])[A-Z]\w*(?![\w$])")]
    private static partial Regex Name();
}
