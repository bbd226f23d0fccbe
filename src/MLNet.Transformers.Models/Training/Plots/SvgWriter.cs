using System.Globalization;
using System.Security;
using System.Text;

namespace MLNet.Transformers.Models;

/// <summary>The few shapes that a plot is made of.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder text = new();

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Append($"""<line x1="{x1:0.##}" y1="{y1:0.##}" x2="{x2:0.##}" y2="{y2:0.##}" class="{style}"/>""");

    public void Curve(IEnumerable<(double X, double Y)> points, string style) =>
        Append($"""<polyline points="{string.Join(' ', points.Select(point => Invariant($"{point.X:0.##},{point.Y:0.##}")))}" class="{style}"/>""");

    public void Dot(double x, double y, double radius, string style) =>
        Append($"""<circle cx="{x:0.##}" cy="{y:0.##}" r="{radius:0.##}" class="{style}"/>""");

    public void Text(double x, double y, string content, string style) =>
        Append($"""<text x="{x:0.##}" y="{y:0.##}" class="{style}">{SecurityElement.Escape(content)}</text>""");

    /// <summary>The picture.</summary>
    public string Document(double width, double height, string title, string styles) => Invariant(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width:0}" height="{height:0}" viewBox="0 0 {width:0} {height:0}" role="img">
        <title>{SecurityElement.Escape(title)}</title>
        <style>
        {styles}
        </style>
        <rect width="100%" height="100%" class="paper"/>
        {text}</svg>

        """).ReplaceLineEndings("\n");

    private void Append(FormattableString element) => text.Append(Invariant(element)).Append('\n');

    private static string Invariant(FormattableString element) => element.ToString(CultureInfo.InvariantCulture);
}
