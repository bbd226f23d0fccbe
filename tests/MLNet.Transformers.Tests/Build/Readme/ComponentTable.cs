namespace MLNet.Transformers.Tests.Build;

/// <summary>What the library puts on <c>mlContext</c>: what its documentation says that it does, and a line that does it.</summary>
internal static class ComponentTable
{
    public static string Make() => string.Join('\n', ComponentLines.All.Select(group => Table(group.Heading, group.Lines)));

    private static string Table(string heading, IReadOnlyList<ComponentLine> lines) =>
        $"**{heading}**\n\n| | |\n|---|---|\n{string.Concat(lines.Select(line => $"| {Describe(line)} | `{line.Code}` |\n"))}";

    /// <summary>What the heading says is not said again.</summary>
    private static string Describe(ComponentLine line) => XmlSummary.Of(line.Method).Replace("; nothing is learnt.", ".", StringComparison.Ordinal);
}
