using System.Text;
using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tool.Projects;

/// <summary>
/// A file under <c>Templates/</c>, built into the tool: the text it becomes, with <c>$Name$</c> where a value goes, as in the templates of
/// Visual Studio. A value of several lines is indented as the line is that it stands in; a line with nothing but an empty value goes.
/// </summary>
internal static partial class Template
{
    /// <summary>The text of a template with values put in.</summary>
    /// <param name="name">Its path under <c>Templates/</c>, with slashes.</param>
    /// <param name="values">The values, by their names.</param>
    /// <exception cref="InvalidOperationException">There is no such template, or no value of a name that it has.</exception>
    public static string Render(string name, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (var line in Read(name).TrimEnd('\n').Split('\n'))
            if (RenderLine(line, name, values) is { } rendered)
                text.Append(rendered).Append('\n');
        return text.ToString();
    }

    /// <summary>The names of the templates in a folder and in those in it, in their order.</summary>
    /// <param name="folder">The folder, with a slash at its end; nothing for all templates.</param>
    public static IEnumerable<string> Names(string folder) =>
        typeof(Template).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The text of a template as it is.</summary>
    /// <exception cref="InvalidOperationException">There is no such template.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(Template).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The tool has no template '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string? RenderLine(string line, string template, IReadOnlyDictionary<string, string> values)
    {
        var indentation = line[..^line.TrimStart(' ').Length];
        var rendered = Placeholder().Replace(line, match => values.TryGetValue(match.Groups[1].Value, out var value)
            ? value.TrimEnd('\n').Replace("\n", $"\n{indentation}", StringComparison.Ordinal)
            : throw new InvalidOperationException($"The template '{template}' has {match.Value}, and there is no such value."));
        if (string.IsNullOrWhiteSpace(rendered) && line.Length > indentation.Length)
            return null;
        return BlankIndentation().Replace(rendered, "");
    }

    [GeneratedRegex(@"\$([A-Z][A-Za-z0-9]*)\$")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?m)^ +$")]
    private static partial Regex BlankIndentation();
}
