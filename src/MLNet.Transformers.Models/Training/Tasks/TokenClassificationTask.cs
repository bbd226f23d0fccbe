using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Trains a model of one score a class for every token by the mean cross-entropy, or focal loss, of the labelled tokens.</summary>
/// <param name="model">A model whose head gives (batch, length, classes).</param>
public sealed class TokenClassificationTask(TextModel model) : TrainingTask<TaggedSequence>(model)
{
    /// <summary>Share of the right answer that is spread over all classes: <see href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2016</see>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much less tokens count that the model is sure of, γ of <see href="https://arxiv.org/abs/1708.02002">Lin et al., 2017</see>, such as 2; 0 for cross-entropy. It excludes label smoothing.</summary>
    public double FocalGamma { get; init; }

    /// <summary>How much a token of each class counts; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Measures the predicted classes of a sequence's labelled tokens against the true ones; null to count those that are right.</summary>
    public TagMeasure? Measure { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => Measure?.Name ?? "accuracy";

    /// <inheritdoc/>
    public override object Settings => new { LabelSmoothing, FocalGamma, ClassWeights, TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(TaggedSequence example) => example.Tokens.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<TaggedSequence> batch)
    {
        using var tokens = Pad(batch, TokenDropout);
        var weight = WeightOf(batch);
        return new BatchLoss(LossOf(model.call(tokens), LabelsOf(batch), weight > 0 ? weight : 1), weight);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<TaggedSequence> batch)
    {
        using var tokens = Pad(batch, null);
        var scores = model.call(tokens);
        var loss = LossOf(scores, LabelsOf(batch), 1).item<float>();
        var classes = scores.argmax(2).cpu().data<long>().ToArray();
        var (metric, count) = (0.0, 0.0);
        foreach (var (row, example) in batch.Examples.Index())
        {
            var labelled = Enumerable.Range(0, example.Labels.Length).Where(token => example.Labels[token] != TaggedSequence.Unlabelled).ToArray();
            var measured = (Measure?.Compare ?? CountRight)(
                [.. labelled.Select(token => example.Labels[token])],
                [.. labelled.Select(token => (int)classes[(row * batch.Length) + token])]);
            (metric, count) = (metric + measured.Metric, count + measured.Count);
        }
        return new BatchScore(loss, metric, WeightOf(batch)) { MetricCount = count };
    }

    private static (double Metric, double Count) CountRight(IReadOnlyList<int> actual, IReadOnlyList<int> predicted) =>
        (actual.Zip(predicted).Count(pair => pair.First == pair.Second), actual.Count);

    private TokenBatch Pad(TrainingBatch<TaggedSequence> batch, TokenDropout? hidden) => TokenBatch.Pad(
        [.. batch.Examples.Select(example => hidden?.Apply(example.Tokens, batch.Random) ?? example.Tokens)],
        model.Config.PaddingId, batch.Length, Device);

    /// <summary>(batch, length), <see cref="TaggedSequence.Unlabelled"/> at padding.</summary>
    private Tensor LabelsOf(TrainingBatch<TaggedSequence> batch)
    {
        var labels = new long[batch.Examples.Count * batch.Length];
        labels.AsSpan().Fill(TaggedSequence.Unlabelled);
        foreach (var (row, example) in batch.Examples.Index())
            for (var token = 0; token < example.Labels.Length; token++)
                labels[(row * batch.Length) + token] = example.Labels[token];
        return tensor(labels, [batch.Examples.Count, batch.Length], device: Device);
    }

    /// <summary>What the weighed mean divides by.</summary>
    private double WeightOf(TrainingBatch<TaggedSequence> batch) => batch.Examples
        .SelectMany(example => example.Labels)
        .Where(label => label != TaggedSequence.Unlabelled)
        .Sum(label => ClassWeights is null ? 1 : (double)ClassWeights[label]);

    /// <summary>The sum of the labelled tokens' weighed losses, divided.</summary>
    private Tensor LossOf(Tensor scores, Tensor labels, double divisor)
    {
        if (FocalGamma > 0 && LabelSmoothing > 0)
            throw new InvalidOperationException($"{nameof(FocalGamma)} and {nameof(LabelSmoothing)} exclude each other.");
        using var weights = ClassWeights is null ? null : tensor(ClassWeights.ToArray(), [ClassWeights.Count], device: Device);
        var labelled = labels.ne(TaggedSequence.Unlabelled);
        var sum = FocalGamma > 0
            ? FocalLoss.Sum(scores[labelled], labels[labelled], FocalGamma, weights)
            : functional.cross_entropy(
                scores.flatten(0, 1), labels.flatten(), weights, TaggedSequence.Unlabelled, Reduction.Sum, LabelSmoothing);
        return sum.div(divisor);
    }
}
