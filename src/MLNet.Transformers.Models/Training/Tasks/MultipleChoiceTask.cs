using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Trains a model of one score a sequence by the cross-entropy over the choices; its metric is accuracy.</summary>
/// <param name="model">A model whose head gives (rows × choices).</param>
public sealed class MultipleChoiceTask(TextModel model) : TrainingTask<ChoiceExample>(model)
{
    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "accuracy";

    /// <inheritdoc/>
    public override object Settings => new { TokenDropout };

    /// <summary>Tokens of all choices together, padded to the longest.</summary>
    public override int LengthOf(ChoiceExample example) => example.Choices.Length * example.Choices.Max(choice => choice.Length);

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<ChoiceExample> batch) =>
        new(functional.cross_entropy(Scores(batch, TokenDropout), LabelsOf(batch)), batch.Examples.Count);

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<ChoiceExample> batch)
    {
        var (scores, labels) = (Scores(batch, null), LabelsOf(batch));
        var mean = functional.cross_entropy(scores, labels).item<float>();
        var right = scores.argmax(1).eq(labels).sum().item<long>();
        return new BatchScore(mean * batch.Examples.Count, right, batch.Examples.Count);
    }

    /// <summary>(rows, choices).</summary>
    private Tensor Scores(TrainingBatch<ChoiceExample> batch, TokenDropout? hidden)
    {
        using var tokens = TokenBatch.Pad(
            [.. batch.Examples.SelectMany(example => example.Choices).Select(choice => hidden?.Apply(choice, batch.Random) ?? choice)],
            model.Config.PaddingId, device: Device);
        return model.call(tokens).view(batch.Examples.Count, -1);
    }

    private Tensor LabelsOf(TrainingBatch<ChoiceExample> batch) =>
        tensor([.. batch.Examples.Select(example => (long)example.Label)], [batch.Examples.Count], device: Device);
}
