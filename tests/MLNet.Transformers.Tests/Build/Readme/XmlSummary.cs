using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.Transformers.Tests.Build;

/// <summary>What the documentation says of methods, as Markdown.</summary>
internal static partial class XmlSummary
{
    private static readonly Dictionary<Assembly, IReadOnlyList<XElement>> Documents = [];

    /// <summary>The first sentence of the summary of a method, of the first of its overloads that has one.</summary>
    public static string Of(MethodInfo method)
    {
        var assembly = method.DeclaringType!.Assembly;
        if (!Documents.TryGetValue(assembly, out var members))
            Documents[assembly] = members = [.. XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")];
        // Extension methods of one name differ in what they extend.
        var name = $"M:{NameOf(method.DeclaringType)}.{method.Name}({(method.IsStatic ? NameOf(CatalogMethods.ReceiverOf(method)) : "")}";
        var summary = members.Where(member => IsNamed(member, name)).Select(member => SummaryOf(member, members)).FirstOrDefault(summary => summary is not null)
            ?? throw new InvalidOperationException($"{name} has no summary.");
        return FirstSentence(Spaces().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim());
    }

    private static bool IsNamed(XElement member, string name) => ((string)member.Attribute("name")!).StartsWith(name, StringComparison.Ordinal);

    /// <summary>Its own, or that of the method that it is documented by.</summary>
    private static XElement? SummaryOf(XElement member, IReadOnlyList<XElement> members) => member.Element("summary") ??
        ((string?)member.Element("inheritdoc")?.Attribute("cref") is { } other ? members.Single(known => (string?)known.Attribute("name") == other).Element("summary") : null);

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when (string?)element.Attribute("href") is { } address => $"[{element.Value}]({address})",
        XElement element when (string?)element.Attribute("cref") is { } cref => $"`{cref.Split('(', '`')[0].Split('.', ':')[^1]}`",
        XElement element => $"`{(string?)element.Attribute("name") ?? (string?)element.Attribute("langword")}`",
        _ => "",
    };

    private static string FirstSentence(string text) => SentenceEnd().Match(text) is { Success: true } end ? text[..(end.Index + 1)] : text;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<!et al|such as)\.(?= [A-Z])")]
    private static partial Regex SentenceEnd();
}
