using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tests.Build;

/// <summary>A part of a page that is made of the code: what stands between <c>&lt;!-- made of: SOURCE --></c> and <c>&lt;!-- end --></c>.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Source">What it is made of: the name of a table, or <c>FILE</c> or <c>FILE#REGION</c> of code.</param>
/// <param name="Text">What stands there.</param>
internal sealed partial record ReadmeBlock(string Page, string Source, string Text)
{
    /// <summary>All blocks of all pages, as they are now.</summary>
    public static IReadOnlyList<ReadmeBlock> All =>
        [.. Pages.SelectMany(page => Block().Matches(Read(page)).Select(block => new ReadmeBlock(page, block.Groups["source"].Value, block.Groups["text"].Value)))];

    /// <summary>The pages that may have such parts.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(RepositoryFolder.Path("src"), "README.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryFolder.Path(), path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal))
            .Append("README.md")
            .Order(StringComparer.Ordinal);

    /// <summary>What should stand there.</summary>
    public string Make() => Source switch
    {
        "the families" => FamilyTable.Make(),
        "the published models" => PresetTable.Make(),
        "the components" => ComponentTable.Make(),
        _ => $"```csharp\n{CodeOf(Source)}\n```\n",
    };

    /// <summary>Puts what should stand there on the page.</summary>
    public void Rewrite() => File.WriteAllText(
        RepositoryFolder.Path(Page), Block().Replace(Read(Page), block => block.Groups["source"].Value == Source ? $"{block.Groups["begin"].Value}{Make()}{block.Groups["end"].Value}" : block.Value));

    /// <summary>The text of a page.</summary>
    public static string Read(string page) => File.ReadAllText(RepositoryFolder.Path(page)).ReplaceLineEndings("\n");

    private static string CodeOf(string source)
    {
        var parts = source.Split('#');
        var file = Read(parts[0]).TrimEnd();
        if (parts is [_])
            return file;
        var lines = file.Split('\n').SkipWhile(line => line.Trim() != $"#region {parts[1]}").Skip(1).TakeWhile(line => line.Trim() != "#endregion").ToList();
        Assert.True(lines.Count > 0, $"{parts[0]} has no region '{parts[1]}'.");
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line)).Trim('\n');
    }

    [GeneratedRegex(@"(?<begin><!-- made of: (?<source>[^\n]+) -->\n)(?<text>.*?)(?<end><!-- end -->\n)", RegexOptions.Singleline)]
    private static partial Regex Block();
}
