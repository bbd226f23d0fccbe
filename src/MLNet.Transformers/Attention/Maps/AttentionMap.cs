using System.Text;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>
/// Attention weights to look at: what each token of a text, or each patch of a picture, looks at, as SVG, as PNG, or as one HTML page that
/// needs no other file and no network.
/// </summary>
/// <remarks>
/// What a model attends to is not yet why it answers as it does: <see href="https://arxiv.org/abs/1902.10186">Attention is not Explanation</see>,
/// and <see href="https://arxiv.org/abs/1908.04626">what can be said against that</see>.
/// </remarks>
/// <example><code>
/// var model = mlContext.Transforms.Text.ExtractAttention("Attention", "Text", "models/bert-base-uncased").Fit(data);
/// model.MapOf("The cat sat on the mat.").SaveHtml("attention.html");
/// </code></example>
public abstract class AttentionMap
{
    private protected AttentionMap(AttentionWeights attention) => Attention = attention;

    /// <summary>What the picture or page is called.</summary>
    public string Title { get; private set; } = "Attention";

    /// <summary>What is shown.</summary>
    public AttentionWeights Attention { get; }

    /// <summary>The map of a text whose tokens look at each other.</summary>
    /// <param name="tokens">The texts of the tokens.</param>
    /// <param name="attention">As many queries and keys as tokens.</param>
    /// <exception cref="ArgumentException">There are not as many tokens as queries and keys.</exception>
    public static AttentionMap OfText(IReadOnlyList<string> tokens, AttentionWeights attention) => OfText(tokens, tokens, attention);

    /// <summary>The map of a text whose tokens look at those of another, as in a translation.</summary>
    /// <param name="queries">The texts of the tokens that look.</param>
    /// <param name="keys">The texts of the tokens that are looked at.</param>
    /// <param name="attention">As many queries and keys as these.</param>
    /// <exception cref="ArgumentException">There are not as many tokens as queries and keys.</exception>
    public static AttentionMap OfText(IReadOnlyList<string> queries, IReadOnlyList<string> keys, AttentionWeights attention)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(attention);
        if (queries.Count != attention.Queries || keys.Count != attention.Keys)
            throw new ArgumentException($"{queries.Count} tokens that look at {keys.Count} do not go with weights of {attention.Queries} queries × {attention.Keys} keys.", nameof(attention));
        return new TextAttentionMap([.. queries.Select(TokenLabel.Of)], [.. keys.Select(TokenLabel.Of)], attention, !ReferenceEquals(queries, keys) && !queries.SequenceEqual(keys));
    }

    /// <summary>The map of an image whose patches look at each other.</summary>
    /// <param name="image">The picture, as the model has seen it: what its preprocessing cuts off is no part of it.</param>
    /// <param name="grid">How the patches lie over it.</param>
    /// <param name="prefixTokens">How many tokens, such as a class token, stand before those of the patches.</param>
    /// <param name="attention">As many queries and keys as tokens.</param>
    /// <exception cref="ArgumentException">There are not as many tokens as queries and keys.</exception>
    public static AttentionMap OfImage(PixelImage image, ImageGrid grid, int prefixTokens, AttentionWeights attention)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentOutOfRangeException.ThrowIfNegative(prefixTokens);
        var tokens = prefixTokens + grid.Count;
        if (attention.Queries != tokens || attention.Keys != tokens)
            throw new ArgumentException($"{prefixTokens} tokens and {grid.Rows} × {grid.Columns} patches do not go with weights of {attention.Queries} queries × {attention.Keys} keys.", nameof(attention));
        return new ImageAttentionMap(image, grid, prefixTokens, attention);
    }

    /// <inheritdoc cref="OfImage(PixelImage, ImageGrid, int, AttentionWeights)"/>
    public static AttentionMap OfImage(MLImage image, ImageGrid grid, int prefixTokens, AttentionWeights attention)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OfImage(image.ToPixels(), grid, prefixTokens, attention);
    }

    /// <summary>The same map under another name.</summary>
    /// <param name="title">What the picture or page is called.</param>
    public AttentionMap WithTitle(string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        var copy = (AttentionMap)MemberwiseClone();
        copy.Title = title;
        return copy;
    }

    /// <summary>A still picture; it follows the reader's choice of light or dark.</summary>
    /// <param name="view">Which part of the attention; null for the mean of all layers and heads.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, head or token.</exception>
    public abstract string ToSvg(AttentionView? view = null);

    /// <summary>A still picture of pixels. That of a text has no labels, since no font comes with the library: the tokens stand in the SVG and on the page.</summary>
    /// <param name="view">Which part of the attention; null for the mean of all layers and heads.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, head or token.</exception>
    public abstract byte[] ToPng(AttentionView? view = null);

    /// <summary>One page that shows every layer, head and token, by mouse or keyboard; it loads nothing.</summary>
    /// <remarks>
    /// Up to 262,144 weights go into the page exactly. More are rounded, at worst by 1/255 of the largest weight of their row (in maps of
    /// more than two million weights by 1/63), and packed: 12 layers of 12 heads over 197 tokens take 4 to 6 MB.
    /// </remarks>
    public string ToHtml() => AttentionPage.Write(Title, Describe(), PageData());

    /// <summary>Writes <see cref="ToSvg"/> to a file.</summary>
    /// <param name="path">The file, which is replaced where it is there.</param>
    /// <param name="view">Which part of the attention; null for the mean of all layers and heads.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, head or token.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path, AttentionView? view = null) => File.WriteAllText(path, ToSvg(view));

    /// <summary>Writes <see cref="ToPng"/> to a file.</summary>
    /// <inheritdoc cref="SaveSvg"/>
    public void SavePng(string path, AttentionView? view = null) => File.WriteAllBytes(path, ToPng(view));

    /// <summary>Writes <see cref="ToHtml"/> to a file.</summary>
    /// <param name="path">The file, which is replaced where it is there.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveHtml(string path) => File.WriteAllText(path, ToHtml());

    /// <summary>What the page's scripts draw from.</summary>
    private protected abstract PageData PageData();

    /// <summary>One sentence on what is shown.</summary>
    private protected abstract string Describe();

    /// <summary>What a view shows, in words.</summary>
    private protected string Describe(AttentionView view)
    {
        if (Attention is { Layers: 1, Heads: 1 })
            return "";
        var text = new StringBuilder();
        text.Append(view.Layer is { } layer ? $"layer {layer + 1} of {Attention.Layers}" : $"mean of {Attention.Layers} layers");
        text.Append(view.Head is { } head ? $", head {head + 1} of {Attention.Heads}" : $", mean of {Attention.Heads} heads");
        return text.ToString();
    }

    /// <summary>The weights of a query, or the mean of all.</summary>
    private protected double[] Row(float[] matrix, int? query)
    {
        var keys = Attention.Keys;
        if (query is { } one)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(one, nameof(AttentionView.Query));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(one, Attention.Queries, nameof(AttentionView.Query));
            return [.. matrix.Skip(one * keys).Take(keys)];
        }
        var row = new double[keys];
        for (var i = 0; i < matrix.Length; i++)
            row[i % keys] += matrix[i] / (double)Attention.Queries;
        return row;
    }
}
