using System.Globalization;
using System.Security;
using System.Text;

namespace MLNet.Transformers;

/// <summary>The few shapes that a map is made of.</summary>
internal sealed class MapSvg
{
    private const string Styles =
        """
        text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
        .paper { fill: var(--paper); }
        .title { font-size: 18px; font-weight: 600; }
        .quiet { fill: var(--quiet); }
        .middle { text-anchor: middle; }
        .end { text-anchor: end; }
        .token { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .number { font-size: 10px; text-anchor: middle; }
        .frame { fill: none; stroke: var(--line); }
        .bar { fill: var(--ink); }
        .halo { fill: none; stroke: var(--paper); stroke-width: 5; }
        .chosen { fill: none; stroke: var(--ink); stroke-width: 2; }
        """;

    private readonly StringBuilder body = new();

    /// <summary>A square filled by a share, which is what it shows without colours: its side goes with the root.</summary>
    public void Cell(double x, double y, double size, double share, string tip)
    {
        var side = size * Math.Sqrt(Math.Clamp(share, 0, 1));
        var (left, top) = (x + (size - side) / 2, y + (size - side) / 2);
        Append($"""<rect x="{left:0.##}" y="{top:0.##}" width="{side:0.##}" height="{side:0.##}" class="c{ColorScale.Index(share)}"><title>{Escape(tip)}</title></rect>""");
    }

    public void Box(double x, double y, double width, double height, string style, double radius = 0, string? tip = null) =>
        Append($"""<rect x="{x:0.##}" y="{y:0.##}" width="{width:0.##}" height="{height:0.##}" rx="{radius:0.##}" class="{style}">{(tip is null ? "" : $"<title>{Escape(tip)}</title>")}</rect>""");

    /// <summary>Text whose own direction, right to left where its script is, stays its own affair.</summary>
    public void Text(double x, double y, string content, string style, double angle = 0)
    {
        var turn = angle == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({angle:0.##} {x:0.##} {y:0.##})\"");
        Append($"""<text x="{x:0.##}" y="{y:0.##}" class="{style}"{turn} unicode-bidi="isolate">{Escape(content)}</text>""");
    }

    public void Image(double x, double y, double width, double height, byte[] png, bool isSmooth)
    {
        var rendering = isSmooth ? "auto" : "pixelated";
        Append($"""<image x="{x:0.##}" y="{y:0.##}" width="{width:0.##}" height="{height:0.##}" style="image-rendering:{rendering}" preserveAspectRatio="none" href="data:image/png;base64,{Convert.ToBase64String(png)}"/>""");
    }

    /// <summary>The scale of colours and of sizes, from 0 to what is the largest here.</summary>
    public void Legend(double x, double y, double largest)
    {
        Text(x, y + 15, "0", "quiet end");
        for (var step = 1; step <= 8; step++)
            Cell(x + 8 + 20 * (step - 1), y, 20, step / 8.0, MapNumbers.Exact(largest * step / 8));
        Text(x + 176, y + 15, MapNumbers.Exact(largest), "quiet");
    }

    public string Document(double width, double height, string title, string description) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width:0}" height="{height:0}" viewBox="0 0 {width:0} {height:0}" role="img" aria-labelledby="title description">
        <title id="title">{Escape(title)}</title>
        <desc id="description">{Escape(description)}</desc>
        <style>
        svg {Theme("#1b1f24", "#5b6470", "#c9ced6", "#ffffff", ColorScale.OnLight)}
        {Styles}
        {Classes}
        </style>
        <rect width="100%" height="100%" class="paper"/>
        {body}</svg>

        """).ReplaceLineEndings("\n");

    private static string Classes { get; } = string.Join('\n', [
        $"@media (prefers-color-scheme: dark) {{ svg {Theme("#e8eaed", "#a3acb8", "#4a525d", "#14171c", ColorScale.OnDark)} }}",
        .. Enumerable.Range(0, ColorScale.Steps).Select(step => $".c{step} {{ fill: var(--c{step}); }} .i{step} {{ fill: var(--i{step}); }}"),
    ]);

    /// <summary>What no XML can hold is no label's part either: see <see cref="TokenLabel"/>.</summary>
    private static string Escape(string text) => SecurityElement.Escape(text);

    private static string Theme(string ink, string quiet, string line, string paper, Func<double, Rgb> scale)
    {
        var colors = Enumerable.Range(0, ColorScale.Steps).Select(step => (Step: step, Color: scale(step / (ColorScale.Steps - 1.0))));
        return $"{{ --ink: {ink}; --quiet: {quiet}; --line: {line}; --paper: {paper}; {string.Concat(colors.Select(entry => $"--c{entry.Step}:{entry.Color.Hex};--i{entry.Step}:{entry.Color.Ink};"))} }}";
    }

    private void Append(FormattableString element) => body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
