using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Trains a classifier by cross-entropy; its metric is accuracy.</summary>
/// <param name="model">A classifier.</param>
public sealed class SequenceClassificationTask(TextModel model) : TrainingTask<LabeledSequence>(model)
{
    /// <summary>Share of the right answer that is spread over all classes: <see href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2016</see>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much an example of each class counts; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override int LengthOf(LabeledSequence example) => example.Tokens.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<LabeledSequence> batch)
    {
        using var tokens = Pad(batch, TokenDropout);
        return new BatchLoss(CrossEntropy(model.call(tokens), LabelsOf(batch), Reduction.Mean), WeightOf(batch));
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<LabeledSequence> batch)
    {
        using var tokens = Pad(batch, null);
        var scores = model.call(tokens);
        var labels = LabelsOf(batch);
        var mean = CrossEntropy(scores, labels, Reduction.Mean).item<float>();
        var right = scores.argmax(1).eq(labels).sum().item<long>();
        return new BatchScore(mean * batch.Examples.Count, right, batch.Examples.Count);
    }

    /// <summary>What the weighed mean divides by.</summary>
    private double WeightOf(TrainingBatch<LabeledSequence> batch) =>
        ClassWeights is null ? batch.Examples.Count : batch.Examples.Sum(example => (double)ClassWeights[example.Label]);

    private TokenBatch Pad(TrainingBatch<LabeledSequence> batch, TokenDropout? hidden) => TokenBatch.Pad(
        [.. batch.Examples.Select(example => hidden?.Apply(example.Tokens, batch.Random) ?? example.Tokens)],
        model.Config.PaddingId, batch.Length, Device);

    private Tensor LabelsOf(TrainingBatch<LabeledSequence> batch) =>
        tensor([.. batch.Examples.Select(example => (long)example.Label)], [batch.Examples.Count], device: Device);

    private Tensor CrossEntropy(Tensor scores, Tensor labels, Reduction reduction)
    {
        using var weights = ClassWeights is null ? null : tensor(ClassWeights.ToArray(), [ClassWeights.Count], device: Device);
        return functional.cross_entropy(scores, labels, weights, reduction: reduction, label_smoothing: LabelSmoothing);
    }
}
