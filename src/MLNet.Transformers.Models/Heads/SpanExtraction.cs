using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Two scores for every token, for being the first and the last of a span: the head for extractive question answering of
/// <see href="https://arxiv.org/abs/1810.04805">BERT</see>, section 4.2.
/// </summary>
public sealed class SpanExtraction : Head
{
    private readonly PredictionMap? map;
    private readonly Linear span;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="map">What stands before the scores; null for nothing.</param>
    public SpanExtraction(long hiddenSize, PredictionMap? map = null)
        : base(nameof(SpanExtraction))
    {
        this.map = map;
        span = Linear(hiddenSize, 2);
        RegisterComponents();
    }

    /// <summary>The head of a config.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="backbone">The encoder that the head will stand on.</param>
    public static SpanExtraction Of(TextConfig config, TextBackbone backbone) => new(config.OutputSize, config.CreateTokenMap());

    /// <summary>The scores before any softmax.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">The tokens.</param>
    /// <returns>(batch, length, 2): first, last; what stands at padding means nothing.</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var features = map is null ? hidden.alias() : map.call(hidden);
        return span.forward(features);
    }
}
