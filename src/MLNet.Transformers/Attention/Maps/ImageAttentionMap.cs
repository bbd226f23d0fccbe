using System.Globalization;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>The attention of an image's patches, laid over the image.</summary>
/// <param name="image">The picture, cut as the model has seen it.</param>
/// <param name="grid">How the patches lie.</param>
/// <param name="prefix">How many tokens stand before those of the patches.</param>
/// <param name="attention">The weights.</param>
internal sealed class ImageAttentionMap(PixelImage image, ImageGrid grid, int prefix, AttentionWeights attention) : AttentionMap(attention)
{
    /// <summary>Pixels of the longer side, at least and at most, of a picture that is made or sent.</summary>
    private const int Shortest = 448, Longest = 768;

    private const double Margin = 24;

    private readonly RgbImage picture = RgbImage.Of(image, Shortest, Longest);

    public override string ToSvg(AttentionView? view = null)
    {
        view ??= new AttentionView();
        var row = RowOf(view);
        var (width, height) = (320.0, 320.0 * picture.Height / picture.Width);
        var (left, right, top) = (Margin, 2 * Margin + width, 84);
        var svg = new MapSvg();
        svg.Text(Margin, 36, Title, "title");
        svg.Text(Margin, 58, Caption(view), "quiet");
        svg.Image(left, top, width, height, PngWriter.Write(Overlay(row)), isSmooth: true);
        svg.Box(right, top, width, height, "frame");
        var (across, down, largest) = (width / grid.Columns, height / grid.Rows, Largest(row));
        for (var patch = 0; patch < grid.Count; patch++)
        {
            var (x, y) = (right + patch % grid.Columns * across, top + patch / grid.Columns * down);
            svg.Cell(x, y, Math.Min(across, down), row[prefix + patch] / largest, $"{PatchName(patch)}: {MapNumbers.Exact(row[prefix + patch])}");
        }
        if (QueryOf(view) is >= 0 and var query && query >= prefix)
            foreach (var (start, style) in new[] { (left, "halo"), (left, "chosen"), (right, "chosen") })
                svg.Box(start + (query - prefix) % grid.Columns * across, top + (query - prefix) / grid.Columns * down, across, down, style);
        var bottom = top + height + 28;
        svg.Legend(right + 16, bottom - 14, largest);
        foreach (var (index, line) in Shares(row).Index())
            svg.Text(Margin, bottom + 18 * index, line, "quiet");
        return svg.Document(right + width + Margin, bottom + 18 * Math.Max(1, prefix + 1) + 8, Title, $"{Describe()} {Caption(view)}");
    }

    public override byte[] ToPng(AttentionView? view = null) => PngWriter.Write(Overlay(RowOf(view ?? new AttentionView())));

    private protected override PageData PageData()
    {
        var source = $"data:image/png;base64,{Convert.ToBase64String(PngWriter.Write(picture))}";
        return new(Attention, [.. Enumerable.Range(0, Attention.Keys).Select(NameOf)], null,
            new PagePicture(source, picture.Width, picture.Height, (int)grid.Rows, (int)grid.Columns, prefix));
    }

    private protected override string Describe() => $"How much each of {grid.Rows} × {grid.Columns} patches, and of the tokens beside them, looks at each other.";

    /// <summary>What a view's token looks at: the class token where nothing else is said.</summary>
    private double[] RowOf(AttentionView view) => Row(Attention.Mean(view.Layer, view.Head), QueryOf(view));

    private int? QueryOf(AttentionView view) => view.Query ?? (prefix > 0 ? 0 : null);

    private double Largest(double[] row) => Math.Max(row.Skip(prefix).Max(), 1e-12);

    private string Caption(AttentionView view)
    {
        var looking = QueryOf(view) is { } query ? $"what the {NameOf(query)} looks at" : "what the tokens look at on average";
        return Describe(view) is { Length: > 0 } part ? $"{part}: {looking}" : looking;
    }

    private IEnumerable<string> Shares(double[] row)
    {
        for (var token = 0; token < prefix; token++)
            yield return $"{NameOf(token)}: {MapNumbers.Exact(row[token])}";
        yield return $"all patches: {MapNumbers.Exact(row.Skip(prefix).Sum())}";
    }

    private string NameOf(int token) => token >= prefix ? PatchName(token - prefix)
        : token == 0 ? "class token"
        : string.Create(CultureInfo.InvariantCulture, $"extra token {token}");

    private string PatchName(int patch) => string.Create(CultureInfo.InvariantCulture, $"patch {patch / grid.Columns + 1}, {patch % grid.Columns + 1}");

    /// <summary>The picture in grey with the weights over it, smoothed: the brighter and the yellower, the more.</summary>
    private RgbImage Overlay(double[] row)
    {
        var result = new RgbImage(picture.Width, picture.Height);
        var largest = Largest(row);
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                var luma = (byte)(0.75 * picture[x, y].Luma);
                var share = Smooth(row, (x + 0.5) * grid.Columns / result.Width - 0.5, (y + 0.5) * grid.Rows / result.Height - 0.5) / largest;
                result[x, y] = Rgb.Mix(new(luma, luma, luma), ColorScale.OnDark(0.3 + 0.7 * share), 0.75 * (0.1 + 0.9 * share));
            }
        }
        return result;
    }

    /// <summary>The weight between the centres of four patches.</summary>
    private double Smooth(double[] row, double x, double y)
    {
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (across, down) = (x - left, y - top);
        var upper = At(left, top) * (1 - across) + At(left + 1, top) * across;
        var lower = At(left, top + 1) * (1 - across) + At(left + 1, top + 1) * across;
        return upper * (1 - down) + lower * down;

        double At(double column, double line) =>
            row[prefix + (int)(Math.Clamp(line, 0, grid.Rows - 1) * grid.Columns + Math.Clamp(column, 0, grid.Columns - 1))];
    }
}
