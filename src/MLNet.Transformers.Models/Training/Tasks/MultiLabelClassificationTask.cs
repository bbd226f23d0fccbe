using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains a model of one score a label by the binary cross-entropy of each label by itself; its metric is the micro-averaged F1
/// of the labels whose probability is at least one half.
/// </summary>
/// <param name="model">A model whose head gives (batch, labels).</param>
public sealed class MultiLabelClassificationTask(TextModel model) : TrainingTask<MultiLabeledSequence>(model)
{
    /// <summary>How much more a label counts where it holds than where it does not, for each label; null for the same.</summary>
    public IReadOnlyList<float>? PositiveWeights { get; init; }

    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "micro-averaged F1";

    /// <inheritdoc/>
    public override object Settings => new { PositiveWeights, TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(MultiLabeledSequence example) => example.Tokens.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<MultiLabeledSequence> batch)
    {
        using var tokens = Pad(batch, TokenDropout);
        return new BatchLoss(CrossEntropy(model.call(tokens), LabelsOf(batch)), batch.Examples.Count);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<MultiLabeledSequence> batch)
    {
        using var tokens = Pad(batch, null);
        var scores = model.call(tokens);
        var labels = LabelsOf(batch);
        var mean = CrossEntropy(scores, labels).item<float>();
        var predicted = scores.ge(0).to(labels.dtype);
        var right = predicted.mul(labels).sum().item<float>();
        var named = predicted.sum().item<float>() + labels.sum().item<float>();
        return new BatchScore(mean * batch.Examples.Count, 2 * right, batch.Examples.Count) { MetricCount = named };
    }

    private TokenBatch Pad(TrainingBatch<MultiLabeledSequence> batch, TokenDropout? hidden) => TokenBatch.Pad(
        [.. batch.Examples.Select(example => hidden?.Apply(example.Tokens, batch.Random) ?? example.Tokens)],
        model.Config.PaddingId, batch.Length, Device);

    private Tensor LabelsOf(TrainingBatch<MultiLabeledSequence> batch) => tensor(
        [.. batch.Examples.SelectMany(example => example.Labels)], [batch.Examples.Count, batch.Examples[0].Labels.Length], device: Device);

    private Tensor CrossEntropy(Tensor scores, Tensor labels)
    {
        using var weights = PositiveWeights is null ? null : tensor(PositiveWeights.ToArray(), [PositiveWeights.Count], device: Device);
        return functional.binary_cross_entropy_with_logits(scores, labels, pos_weights: weights);
    }
}
