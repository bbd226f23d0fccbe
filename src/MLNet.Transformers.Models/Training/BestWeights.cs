using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>A copy of the weights that did best so far.</summary>
/// <param name="weights">All that training changes.</param>
/// <param name="criterion">Which validation is the best.</param>
internal sealed class BestWeights(IReadOnlyList<(string Name, Tensor Tensor)> weights, BestBy criterion) : IDisposable
{
    private readonly List<Tensor> copies = [];

    /// <summary>Which they are.</summary>
    public BestState State { get; private set; } = new(null, 0, 0, 0);

    /// <summary>The copies under the weights' names; none before the first validation.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors => weights.Zip(copies, (weight, copy) => (weight.Name, copy));

    /// <summary>Keeps the weights if they did better than any before.</summary>
    public void Offer(ValidationScore score, int epoch, long step)
    {
        if (State.Score is not null && !criterion.Prefers(score, State.Score))
        {
            State = State with { Since = State.Since + 1 };
            return;
        }
        Keep();
        State = new(score, epoch, step, 0);
    }

    /// <summary>Goes on from what a checkpoint says; the copies are then to be filled.</summary>
    public void Resume(BestState state)
    {
        State = state;
        if (state.Score is not null)
            Keep();
    }

    /// <summary>Gives the model the best weights back, if any were kept.</summary>
    public void Restore()
    {
        using var frozen = no_grad();
        foreach (var (copy, weight) in copies.Zip(weights))
            weight.Tensor.copy_(copy);
    }

    /// <inheritdoc/>
    public void Dispose() => copies.ForEach(copy => copy.Dispose());

    private void Keep()
    {
        using var frozen = no_grad();
        if (copies.Count == 0)
            copies.AddRange(weights.Select(weight => weight.Tensor.detach().clone().DetachFromDisposeScope()));
        else
            foreach (var (copy, weight) in copies.Zip(weights))
                copy.copy_(weight.Tensor);
    }
}

/// <summary>Compares validations.</summary>
internal static class BestByComparison
{
    /// <summary>Whether a validation is better than another.</summary>
    public static bool Prefers(this BestBy criterion, ValidationScore score, ValidationScore other) =>
        criterion == BestBy.Loss ? score.Loss < other.Loss : score.Metric > other.Metric;
}

/// <summary>Which weights did best.</summary>
/// <param name="Score">Their validation; null while there is none.</param>
/// <param name="Epoch">Their epoch, from 1.</param>
/// <param name="Step">The step, from 1, that made them.</param>
/// <param name="Since">Validations since.</param>
internal sealed record BestState(ValidationScore? Score, int Epoch, long Step, int Since);
