using MLNet.Transformers.Models;
using static TorchSharp.torch;
using TransformerEncoder = MLNet.Transformers.Models.TransformerEncoder;

namespace MLNet.Transformers.Tests.Models;

/// <summary>A classifier that trains in a moment, and what it learns.</summary>
internal static class TinyClassifier
{
    /// <summary>Sequences of 3 to 12 tokens whose class says which of three tokens stands somewhere in them.</summary>
    public static IReadOnlyList<LabeledSequence> Examples { get; } = [.. Enumerable.Range(0, 120).Select(Example)];

    /// <summary>A model that is the same at every call.</summary>
    public static TextModel Create(double dropout = 0.1, int layers = 2, int hiddenSize = 16, Func<TransformerEncoderConfig, TransformerEncoderConfig>? change = null)
    {
        manual_seed(1);
        var config = TransformerEncoder.Small with
        {
            VocabularySize = 30,
            HiddenSize = hiddenSize,
            Layers = layers,
            Heads = 2,
            InnerSize = 2 * hiddenSize,
            MaxLength = 12,
            Dropout = dropout,
            LabelNames = ["a", "b", "c"],
        };
        return TextModel.ForClassification(change?.Invoke(config) ?? config);
    }

    /// <summary>Every weight, in the order of the parameters.</summary>
    public static float[] Weights(nn.Module model) => [.. model.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray())];

    private static LabeledSequence Example(int index)
    {
        var random = new Random(index);
        var ids = Enumerable.Range(0, random.Next(3, 13)).Select(_ => random.Next(10, 30)).ToArray();
        ids[random.Next(ids.Length)] = 3 + index % 3;
        return new LabeledSequence(new TokenSequence(ids), index % 3);
    }
}
