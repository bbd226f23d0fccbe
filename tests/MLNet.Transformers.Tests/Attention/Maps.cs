using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

/// <summary>Attention to draw, made by a formula.</summary>
internal static class Maps
{
    public static string[] Sentence { get; } = ["[CLS]", "the", "cat", "sat", "on", "the", "mat", "because", "it", "was", "tired", ".", "[SEP]"];

    /// <summary>Tokens that no page may trip over.</summary>
    public static string[] Odd { get; } =
        ["</script>", "<b>", "\"", "'", "&amp;", "{{data}}", "\0", "\n", " the", "\u202Eabc", "שלום", "مرحبا", "日本", "👩‍💻", "\uD800", "\u2028", "<!--", "", "`${1}`", new string('x', 60)];

    /// <summary>Softmax of scores that follow the distance and the head: heads look to the left, to the right, at themselves, at the first token.</summary>
    public static AttentionWeights Weights(int layers, int heads, int queries, int? keys = null)
    {
        var width = keys ?? queries;
        var values = new float[layers * heads * queries * width];
        for (var row = 0; row < values.Length / width; row++)
        {
            var (query, head, layer) = (row % queries, row / queries % heads, row / queries / heads);
            var scores = new double[width];
            for (var key = 0; key < width; key++)
            {
                var aim = (head % 4) switch { 0 => query - 1, 1 => query + 1, 2 => query, _ => 0 };
                scores[key] = Math.Exp(-Math.Abs(key - aim) * (0.4 + 0.2 * layer) + Math.Sin(7 * key + 3 * query + 5 * head + layer));
            }
            var sum = scores.Sum();
            for (var key = 0; key < width; key++)
                values[row * width + key] = (float)(scores[key] / sum);
        }
        return new AttentionWeights(values, layers, heads, queries, width);
    }

    /// <summary>Softmax of noise, which nothing packs well.</summary>
    public static AttentionWeights Noise(int layers, int heads, int tokens)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, layers * heads * tokens * tokens).Select(_ => MathF.Exp(4 * (random.NextSingle() + random.NextSingle() + random.NextSingle())))];
        for (var start = 0; start < values.Length; start += tokens)
        {
            var sum = 0f;
            foreach (var value in values.AsSpan(start, tokens))
                sum += value;
            foreach (ref var value in values.AsSpan(start, tokens))
                value /= sum;
        }
        return new AttentionWeights(values, layers, heads, tokens, tokens);
    }

    /// <summary>A red square on blue, wider than high.</summary>
    public static PixelImage Picture(int width = 60, int height = 40)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
            pixels[i * 3 + (i % width < width / 2 && i / width < height / 2 ? 0 : 2)] = 200;
        return new PixelImage(width, height, 3, pixels);
    }
}
