using MLNet.Transformers.Models;

namespace MLNet.Transformers.Benchmarks;

/// <summary>The size of a model and of its batches.</summary>
internal sealed record Shape(string Name, int Hidden, int Layers, int Heads, int Inner, int Batch, int Length)
{
    public const int Vocabulary = 30522;
    public const int Labels = 4;

    public static Shape MiniLm { get; } = new("MiniLM-L6, batch 32 x 64", 384, 6, 12, 1536, 32, 64);

    public static Shape BertBase { get; } = new("BERT-base, batch 8 x 128", 768, 12, 12, 3072, 8, 128);

    public BertConfig Config => new()
    {
        VocabularySize = Vocabulary,
        HiddenSize = Hidden,
        Layers = Layers,
        Heads = Heads,
        InnerSize = Inner,
        NormEpsilon = 1e-5,
        LabelNames = [.. Enumerable.Range(0, Labels).Select(label => $"{label}")],
    };

    public TextModel Model() => TextModel.ForClassification(Config);

    public object Request(string work, string style, double seconds, double dropout = 0.1, IReadOnlyList<object>? batches = null, string? onnx = null, string? safetensors = null) => new
    {
        work,
        seconds,
        batches,
        onnx,
        safetensors,
        batch = new[] { Batch, Length },
        model = new { style, vocabulary = Vocabulary, hidden = Hidden, layers = Layers, heads = Heads, inner = Inner, length = 512, dropout, labels = Labels },
    };
}
