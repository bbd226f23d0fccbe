using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Trains a classifier by cross-entropy or by focal loss; its metric is accuracy.</summary>
/// <param name="model">A classifier.</param>
public sealed class SequenceClassificationTask(TextModel model) : TrainingTask<LabeledSequence>(model)
{
    /// <summary>Share of the right answer that is spread over all classes: <see href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2016</see>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much less examples count that the model is sure of, γ of <see href="https://arxiv.org/abs/1708.02002">Lin et al., 2017</see>, such as 2; 0 for cross-entropy. It excludes label smoothing.</summary>
    public double FocalGamma { get; init; }

    /// <summary>How much an example of each class counts; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "accuracy";

    /// <inheritdoc/>
    public override object Settings => new { LabelSmoothing, FocalGamma, ClassWeights, TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(LabeledSequence example) => example.Tokens.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<LabeledSequence> batch)
    {
        using var tokens = Pad(batch, TokenDropout);
        var weight = WeightOf(batch);
        return new BatchLoss(LossOf(model.call(tokens), LabelsOf(batch), weight), weight);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<LabeledSequence> batch)
    {
        using var tokens = Pad(batch, null);
        var scores = model.call(tokens);
        var labels = LabelsOf(batch);
        var loss = LossOf(scores, labels, 1).item<float>();
        var right = scores.argmax(1).eq(labels).sum().item<long>();
        return new BatchScore(loss, right, batch.Examples.Count);
    }

    /// <summary>What the weighed mean divides by.</summary>
    private double WeightOf(TrainingBatch<LabeledSequence> batch) =>
        ClassWeights is null ? batch.Examples.Count : batch.Examples.Sum(example => (double)ClassWeights[example.Label]);

    private TokenBatch Pad(TrainingBatch<LabeledSequence> batch, TokenDropout? hidden) => TokenBatch.Pad(
        [.. batch.Examples.Select(example => hidden?.Apply(example.Tokens, batch.Random) ?? example.Tokens)],
        model.Config.PaddingId, batch.Length, Device);

    private Tensor LabelsOf(TrainingBatch<LabeledSequence> batch) =>
        tensor([.. batch.Examples.Select(example => (long)example.Label)], [batch.Examples.Count], device: Device);

    /// <summary>The sum of the weighed losses, divided.</summary>
    private Tensor LossOf(Tensor scores, Tensor labels, double divisor)
    {
        if (FocalGamma > 0 && LabelSmoothing > 0)
            throw new InvalidOperationException($"{nameof(FocalGamma)} and {nameof(LabelSmoothing)} exclude each other.");
        using var weights = ClassWeights is null ? null : tensor(ClassWeights.ToArray(), [ClassWeights.Count], device: Device);
        var sum = FocalGamma > 0
            ? FocalLoss.Sum(scores, labels, FocalGamma, weights)
            : functional.cross_entropy(scores, labels, weights, reduction: Reduction.Sum, label_smoothing: LabelSmoothing);
        return sum.div(divisor);
    }
}
