using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One score a class for every token.</summary>
public sealed class TokenClassification : Head
{
    private readonly PredictionMap? map;
    private readonly Dropout dropout;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="classes">Number of scores.</param>
    /// <param name="dropout">Probability with which a value is dropped before the scores, in training.</param>
    /// <param name="map">What stands before that; null for nothing.</param>
    public TokenClassification(long hiddenSize, int classes, double dropout, PredictionMap? map = null)
        : base(nameof(TokenClassification))
    {
        this.map = map;
        this.dropout = Dropout(dropout);
        output = Linear(hiddenSize, classes);
        RegisterComponents();
    }

    /// <summary>The head of a config: one score for each of its labels.</summary>
    /// <param name="config">Sizes and labels.</param>
    /// <param name="backbone">The encoder that the head will stand on.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    public static TokenClassification Of(TextConfig config, TextBackbone backbone) =>
        new(config.OutputSize, config.RequireLabels().Count, config.TokenDropout, config.CreateTokenMap());

    /// <summary>The scores before any softmax.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">The tokens.</param>
    /// <returns>(batch, length, classes); what stands at padding means nothing.</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var features = map is null ? hidden.alias() : map.call(hidden);
        using var kept = dropout.forward(features);
        return output.forward(kept);
    }
}
