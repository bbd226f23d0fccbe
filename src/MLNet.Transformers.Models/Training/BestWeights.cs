using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>A copy of the weights that did best so far.</summary>
internal sealed class BestWeights(IReadOnlyList<Parameter> parameters, BestBy criterion) : IDisposable
{
    private readonly List<Tensor> copies = [];

    /// <summary>Their validation; null while there is none.</summary>
    public ValidationScore? Score { get; private set; }

    /// <summary>Their epoch, from 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>Validations since the best.</summary>
    public int Since { get; private set; }

    /// <summary>Keeps the weights if they did better than any before.</summary>
    public void Offer(ValidationScore score, int epoch)
    {
        Since++;
        if (Score is not null && !IsBetter(score, Score))
            return;
        using var frozen = no_grad();
        if (copies.Count == 0)
            copies.AddRange(parameters.Select(parameter => parameter.detach().clone().DetachFromDisposeScope()));
        else
            foreach (var (copy, parameter) in copies.Zip(parameters))
                copy.copy_(parameter);
        (Score, Epoch, Since) = (score, epoch, 0);
    }

    /// <summary>Gives the model the best weights back, if any were kept.</summary>
    public void Restore()
    {
        using var frozen = no_grad();
        foreach (var (copy, parameter) in copies.Zip(parameters))
            parameter.copy_(copy);
    }

    public void Dispose() => copies.ForEach(copy => copy.Dispose());

    private bool IsBetter(ValidationScore score, ValidationScore best) =>
        criterion == BestBy.Loss ? score.Loss < best.Loss : score.Metric > best.Metric;
}
