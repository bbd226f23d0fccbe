using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains a model to point at the first and the last token of a span, each by its cross-entropy over the tokens, as section 4.2 of
/// <see href="https://arxiv.org/abs/1810.04805">BERT</see> does; its metric is the share of spans that are right at both ends.
/// </summary>
/// <param name="model">A model whose head gives (batch, length, 2).</param>
public sealed class SpanExtractionTask(TextModel model) : TrainingTask<SpanSequence>(model)
{
    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "share of right spans";

    /// <inheritdoc/>
    public override object Settings => new { TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(SpanSequence example) => example.Tokens.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<SpanSequence> batch)
    {
        var (starts, ends) = Score(batch, TokenDropout);
        return new BatchLoss(CrossEntropy(starts, ends, batch), batch.Examples.Count);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<SpanSequence> batch)
    {
        var (starts, ends) = Score(batch, null);
        var loss = CrossEntropy(starts, ends, batch).item<float>();
        var rightStarts = starts.argmax(1).eq(Targets(batch, example => example.Start));
        var right = rightStarts.logical_and(ends.argmax(1).eq(Targets(batch, example => example.End))).sum().item<long>();
        return new BatchScore(loss * batch.Examples.Count, right, batch.Examples.Count);
    }

    /// <summary>The scores of a span's first and its last token, (batch, length) each; padding cannot be either.</summary>
    private (Tensor Starts, Tensor Ends) Score(TrainingBatch<SpanSequence> batch, TokenDropout? hidden)
    {
        using var tokens = TokenBatch.Pad(
            [.. batch.Examples.Select(example => hidden?.Apply(example.Tokens, batch.Random) ?? example.Tokens)],
            model.Config.PaddingId, batch.Length, Device);
        var scores = model.call(tokens);
        if (tokens.Mask is { } mask)
            scores = scores.masked_fill(mask.logical_not().unsqueeze(2), float.NegativeInfinity);
        return (scores.select(2, 0), scores.select(2, 1));
    }

    private Tensor CrossEntropy(Tensor starts, Tensor ends, TrainingBatch<SpanSequence> batch) =>
        functional.cross_entropy(starts, Targets(batch, example => example.Start))
            .add(functional.cross_entropy(ends, Targets(batch, example => example.End))).div(2);

    private Tensor Targets(TrainingBatch<SpanSequence> batch, Func<SpanSequence, int> target) =>
        tensor([.. batch.Examples.Select(example => (long)target(example))], [batch.Examples.Count], device: Device);
}
