using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains a model to guess hidden tokens, other ones each time it meets a text, by cross-entropy at those positions alone; its
/// metric is the share of tokens guessed right. Examples with a disordered version also train the model to tell the two apart.
/// </summary>
/// <param name="model">A model whose head is a <see cref="MaskedLanguageModel"/>.</param>
/// <param name="masking">Which tokens are hidden.</param>
public sealed class MaskedLanguageModelTask(TextModel model, TokenMasking masking) : TrainingTask<MaskedTextExample>(model)
{
    private readonly MaskedLanguageModel head = model.Head as MaskedLanguageModel
        ?? throw new ArgumentException($"The model's head is a {model.Head.GetType().Name}, not a {nameof(MaskedLanguageModel)}.", nameof(model));

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "accuracy of hidden tokens";

    /// <inheritdoc/>
    public override object Settings => new { masking };

    /// <inheritdoc/>
    public override int LengthOf(MaskedTextExample example) =>
        Math.Max(example.Text.Tokens.Length, example.Disordered?.Tokens.Length ?? 0);

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<MaskedTextExample> batch)
    {
        var guesses = Guess(batch);
        var loss = functional.cross_entropy(guesses.Scores, guesses.Answers);
        if (guesses.Order is not null)
            loss = loss.add(functional.cross_entropy(guesses.Order, guesses.OrderAnswers!));
        return new BatchLoss(loss, guesses.Answers.numel());
    }

    /// <inheritdoc/>
    /// <remarks>The loss is that of the tokens, whose exponential is the perplexity.</remarks>
    public override BatchScore Score(TrainingBatch<MaskedTextExample> batch)
    {
        var guesses = Guess(batch);
        var count = guesses.Answers.numel();
        var loss = functional.cross_entropy(guesses.Scores, guesses.Answers).item<float>();
        return new BatchScore(loss * count, guesses.Scores.argmax(1).eq(guesses.Answers).sum().item<long>(), count);
    }

    private Guesses Guess(TrainingBatch<MaskedTextExample> batch)
    {
        // 1 where the texts are not in their order.
        var orders = batch.Examples.Select(example => example.Disordered is not null && batch.Random.Next(2) == 1 ? 1L : 0).ToArray();
        var masked = batch.Examples.Zip(orders, (example, order) => masking.Apply(order == 1 ? example.Disordered! : example.Text, batch.Random)).ToArray();
        using var tokens = TokenBatch.Pad([.. masked.Select(sequence => sequence.Tokens)], model.Config.PaddingId, batch.Length, Device);
        var hidden = model.Backbone.call(tokens);
        var places = masked.SelectMany((sequence, row) => sequence.Positions.Select(position => row * tokens.Length + position)).ToArray();
        var states = hidden.flatten(0, 1).index_select(0, tensor(places, [places.Length], device: Device)); // (places, hidden)
        var answers = masked.SelectMany(sequence => sequence.Answers.Select(id => (long)id)).ToArray();
        return new Guesses(
            head.Scores(states).Widen(),
            tensor(answers, [answers.Length], device: Device),
            head.HasOrder ? head.Order(hidden).Widen() : null,
            head.HasOrder ? tensor(orders, [orders.Length], device: Device) : null);
    }

    private sealed record Guesses(Tensor Scores, Tensor Answers, Tensor? Order, Tensor? OrderAnswers);
}
