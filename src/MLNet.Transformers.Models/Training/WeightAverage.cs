using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// The exponential moving average of the weights, which after n steps forgets no slower than (1 + n) / (10 + n), so that the first
/// weights do not weigh on a short training, as
/// <see href="https://www.tensorflow.org/api_docs/python/tf/train/ExponentialMovingAverage">TensorFlow's</see> does.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<TrainedParameter> parameters;
    private readonly double decay;
    private readonly List<Tensor> averages;

    public WeightAverage(IReadOnlyList<TrainedParameter> parameters, double decay)
    {
        this.parameters = parameters;
        this.decay = decay;
        averages = [.. parameters.Select(parameter => parameter.Parameter.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>The averages under their parameters' names; the weights themselves while they are swapped.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors => parameters.Zip(averages, (parameter, average) => (parameter.Name, average));

    /// <summary>Takes in the weights that a step has made.</summary>
    /// <param name="steps">Steps made before it.</param>
    public void Update(long steps)
    {
        using var frozen = no_grad();
        var kept = Math.Min(decay, (1.0 + steps) / (10.0 + steps));
        foreach (var (parameter, average) in parameters.Zip(averages))
            average.mul_(kept).add_(parameter.Parameter, alpha: 1 - kept);
    }

    /// <summary>Gives the model the averages, and keeps its weights in their place; once more, and all is as before.</summary>
    public void Swap()
    {
        using var frozen = no_grad();
        foreach (var (parameter, average) in parameters.Zip(averages))
        {
            using var held = average.clone();
            average.copy_(parameter.Parameter);
            parameter.Parameter.copy_(held);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => averages.ForEach(average => average.Dispose());
}
