using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>The attention of a text's tokens.</summary>
/// <param name="queries">Labels of the tokens that look.</param>
/// <param name="keys">Labels of the tokens that are looked at.</param>
/// <param name="attention">The weights.</param>
/// <param name="isCross">Whether the two are of different texts.</param>
internal sealed class TextAttentionMap(string[] queries, string[] keys, AttentionWeights attention, bool isCross) : AttentionMap(attention)
{
    /// <summary>So many tokens have numbers in their squares; so many more squares of their own, and beyond that there is a picture of pixels.</summary>
    private const int Numbered = 14, Separate = 64;

    private const double Margin = 24;

    public override string ToSvg(AttentionView? view = null)
    {
        view ??= new AttentionView();
        var matrix = Attention.Mean(view.Layer, view.Head);
        var row = Row(matrix, view.Query);
        var svg = new MapSvg();
        var size = Math.Max(queries.Length, keys.Length) switch { <= Numbered => 36.0, <= Separate => 20, _ => 12 };
        var (left, above) = (Margin + Width(queries) + 10, Width(keys) + 10);
        var width = Math.Max(560, left + keys.Length * size + Margin);
        svg.Text(Margin, 36, Title, "title");
        svg.Text(Margin, 58, Caption(view), "quiet");
        var top = Sentence(svg, row, view.Query, width, 84) + 28;
        svg.Text(Margin, top, "Each row is a token that looks, each column one that it looks at", "quiet");
        svg.Legend(Math.Max(left, Margin + 20), top + 12, matrix.Max());
        top += 48 + above;
        Matrix(svg, matrix, left, top, size);
        if (view.Query is { } chosen)
            svg.Box(left, top + chosen * size, keys.Length * size, size, "chosen");
        return svg.Document(width, top + queries.Length * size + Margin, Title, $"{Describe()} {Caption(view)}");
    }

    public override byte[] ToPng(AttentionView? view = null)
    {
        view ??= new AttentionView();
        var matrix = Attention.Mean(view.Layer, view.Head);
        return PngWriter.Write(Pixels(matrix, Math.Max(4, 512 / Math.Max(queries.Length, keys.Length))));
    }

    private protected override PageData PageData() => new(Attention, queries, isCross ? keys : null, null);

    private protected override string Describe() => isCross
        ? $"How much each of {queries.Length} tokens looks at each of {keys.Length} tokens of another text."
        : $"How much each of {queries.Length} tokens looks at each other.";

    private string Caption(AttentionView view)
    {
        var part = Describe(view);
        var looking = view.Query is { } query ? $"what “{queries[query]}” looks at" : "what the tokens look at on average";
        return part.Length == 0 ? looking : $"{part}: {looking}";
    }

    /// <summary>The tokens one after another, each shaded and with its share beneath it; returns where it ends.</summary>
    private double Sentence(MapSvg svg, double[] row, int? query, double width, double top)
    {
        var largest = Math.Max(row.Max(), 1e-12);
        var (x, y) = (Margin, top);
        foreach (var (index, label) in keys.Index())
        {
            var wide = Math.Max(Monospaced(label) + 12, 34);
            if (x + wide > width - Margin && x > Margin)
                (x, y) = (Margin, y + 52);
            var (share, tip) = (row[index] / largest, $"{label}: {MapNumbers.Exact(row[index])}");
            svg.Box(x, y, wide, 24, $"c{ColorScale.Index(share)}", 4, tip);
            svg.Text(x + wide / 2, y + 17, label, $"token middle i{ColorScale.Index(share)}");
            if (!isCross && index == query)
                svg.Box(x + 1, y + 1, wide - 2, 22, "chosen", 4);
            svg.Box(x, y + 27, wide * share, 3, "bar");
            svg.Text(x + wide / 2, y + 42, $"{MapNumbers.Percent(row[index])} %", "number quiet");
            x += wide + 5;
        }
        return y + 52;
    }

    private void Matrix(MapSvg svg, float[] matrix, double left, double top, double size)
    {
        var largest = Math.Max(matrix.Max(), 1e-12f);
        foreach (var (index, label) in queries.Index())
            svg.Text(left - 8, top + (index + 0.5) * size + 4, label, "end");
        foreach (var (index, label) in keys.Index())
            svg.Text(left + (index + 0.5) * size + 4, top - 8, label, "", -90);
        svg.Box(left, top, keys.Length * size, queries.Length * size, "frame");
        if (Math.Max(queries.Length, keys.Length) > Separate)
        {
            svg.Image(left, top, keys.Length * size, queries.Length * size, PngWriter.Write(Pixels(matrix, 1)), isSmooth: false);
            return;
        }
        for (var i = 0; i < matrix.Length; i++)
        {
            var (query, key) = (i / keys.Length, i % keys.Length);
            var (x, y, share) = (left + key * size, top + query * size, matrix[i] / largest);
            svg.Cell(x, y, size, share, $"{queries[query]} → {keys[key]}: {MapNumbers.Exact(matrix[i])}");
            if (Math.Max(queries.Length, keys.Length) <= Numbered)
                svg.Text(x + size / 2, y + size / 2 + 4, MapNumbers.Percent(matrix[i]), share > 0.3 ? $"number i{ColorScale.Index(share)}" : "number");
        }
    }

    private RgbImage Pixels(float[] matrix, int size)
    {
        var image = new RgbImage(keys.Length * size, queries.Length * size);
        var largest = Math.Max(matrix.Max(), 1e-12f);
        for (var i = 0; i < matrix.Length; i++)
            image.Fill(i % keys.Length * size, i / keys.Length * size, size, size, ColorScale.OnLight(matrix[i] / largest));
        return image;
    }

    /// <summary>About how wide labels are when they are written: no font is asked.</summary>
    private static double Width(string[] labels) => labels.Max(label => Monospaced(label) * 0.86);

    private static double Monospaced(string label) => label.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 14.5 : 8.5);
}
