using MLNet.Transformers.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using TransformerEncoder = MLNet.Transformers.Models.TransformerEncoder;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Models that write from left to right and train in a moment.</summary>
internal static class TinyWriter
{
    public const int Vocabulary = 30;

    /// <summary>A model of two layers that reads no source, the same at every call.</summary>
    public static TextModel Create(bool isRotary = false, double dropout = 0, Func<TextConfig, TextBackbone, Head>? head = null, Func<Module<Tensor, Tensor>>? feedForward = null)
    {
        manual_seed(1);
        var config = TransformerEncoder.Small with { VocabularySize = Vocabulary, HiddenSize = 16, Heads = 2, Layers = 2, InnerSize = 32, MaxLength = 24, PaddingId = 0 };
        var layers = Enumerable.Range(0, 2).Select(_ => new Layer(
            NormOrder.Pre,
            new Attention(16, 2),
            Norm.Layer(16, 1e-5),
            feedForward?.Invoke() ?? new FeedForward(16, 32, Activation.Find("gelu")),
            Norm.Layer(16, 1e-5),
            dropout));
        var stack = new TextStack(
            new TokenEmbedding(Embedding(Vocabulary, 16), isRotary ? null : new LearnedPositions(24, 16)),
            new LayerStack(layers, Norm.Layer(16, 1e-5)),
            new CausalContext(isRotary ? new RotaryPositions(8) : null));
        var model = new TextModel(config, stack, head?.Invoke(config, stack) ?? new LanguageModelHead(16, stack.Embedding, new LanguageModelStyle(HasBias: true)));
        Initialization.Normal(model, 0.2);
        return model;
    }

    /// <summary>A model of an encoder and a decoder, the same at every call.</summary>
    public static TextModel CreateTranslator(double dropout = 0, Func<TransformerConfig, TransformerConfig>? change = null)
    {
        manual_seed(1);
        var config = Transformer.Small with
        {
            VocabularySize = Vocabulary, HiddenSize = 16, Heads = 2, Layers = 1, DecoderLayers = 1, InnerSize = 32, MaxLength = 24, Dropout = dropout,
        };
        return TextModel.Create(change?.Invoke(config) ?? config, LanguageModelHead.Of);
    }

    /// <summary>The logarithm of each token's probability at each position of a text read by itself.</summary>
    public static double[][] LogProbabilities(TextModel model, int[] ids, int[]? source = null)
    {
        using var frozen = no_grad();
        using var tokens = TokenBatch.Pad([new TokenSequence(ids)], 0);
        using var batch = source is null ? tokens : tokens.From(TokenBatch.Pad([new TokenSequence(source)], 0));
        return [.. Tensors.Values(model.call(batch)).Chunk(Vocabulary).Select(scores => Loops.Softmax(scores).Select(share => Math.Log(share)).ToArray())];
    }

    /// <summary>The gradients of a task's loss, by parameter.</summary>
    public static Dictionary<string, double[]> Gradients(TextModel model, Tensor loss)
    {
        foreach (var parameter in model.parameters())
            parameter.grad = null;
        loss.backward();
        return model.named_parameters().Where(pair => pair.parameter.grad is not null).ToDictionary(pair => pair.name, pair => Tensors.Values(pair.parameter.grad!));
    }

    /// <summary>Fails unless gradients are alike.</summary>
    public static void EqualGradients(Dictionary<string, double[]> expected, Dictionary<string, double[]> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, gradient) in expected)
            for (var i = 0; i < gradient.Length; i++)
                Assert.True(Math.Abs(gradient[i] - actual[name][i]) <= tolerance * Math.Max(1, Math.Abs(gradient[i])), $"slope {i} of {name} is {actual[name][i]}, not {gradient[i]}");
    }
}
