using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MLNet.Transformers;

/// <summary>The page that shows a map: one HTML document with its style, its scripts and its data in it.</summary>
internal static partial class AttentionPage
{
    private static readonly string Frame = Resource("page.html");
    private static readonly string Style = Resource("page.css");

    /// <summary>In the order in which they build on each other.</summary>
    private static readonly string Scripts = string.Concat(
        new[] { "weights.js", "paint.js", "matrix.js", "tokens.js", "picture.js", "heads.js", "table.js", "page.js" }.Select(Resource));

    public static string Write(string title, string description, PageData data)
    {
        // The browser itself sees to it that the page loads nothing and runs nothing but its own scripts.
        var policy = $"default-src 'none'; img-src data:; style-src {Hash(Style)}; script-src {Hash(Scripts)}; base-uri 'none'; form-action 'none'";
        return Gap().Replace(Frame, gap => gap.Groups[1].Value switch
        {
            "policy" => policy,
            "title" => WebUtility.HtmlEncode(title),
            "description" => WebUtility.HtmlEncode(description),
            "style" => Style,
            "scripts" => Scripts,
            _ => data.ToJson(),
        });
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Gap();

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Attention.{name}")!;
        return new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n");
    }
}
