using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Trains a model of one score a sequence by the squared error; its metric is the mean squared error with a minus, so that more is better.</summary>
/// <param name="model">A model whose head gives (batch, 1).</param>
public sealed class SequenceRegressionTask(TextModel model) : TrainingTask<ScoredSequence>(model)
{
    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "mean squared error, negative";

    /// <inheritdoc/>
    public override object Settings => new { TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(ScoredSequence example) => example.Tokens.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<ScoredSequence> batch) =>
        new(SquaredError(batch, TokenDropout), batch.Examples.Count);

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<ScoredSequence> batch)
    {
        var error = SquaredError(batch, null).item<float>() * (double)batch.Examples.Count;
        return new BatchScore(error, -error, batch.Examples.Count);
    }

    private Tensor SquaredError(TrainingBatch<ScoredSequence> batch, TokenDropout? hidden)
    {
        using var tokens = TokenBatch.Pad(
            [.. batch.Examples.Select(example => hidden?.Apply(example.Tokens, batch.Random) ?? example.Tokens)],
            model.Config.PaddingId, batch.Length, Device);
        var targets = tensor([.. batch.Examples.Select(example => example.Target)], [batch.Examples.Count, 1], device: Device);
        return functional.mse_loss(model.call(tokens), targets);
    }
}
