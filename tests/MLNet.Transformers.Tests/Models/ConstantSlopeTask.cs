using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>
/// A loss whose slope is known: the sum of all weights, times a factor of its own at each call. Keeps the weights that each call met.
/// </summary>
internal sealed class ConstantSlopeTask(nn.Module model, params double[] slopes) : TrainingTask<int>(model)
{
    /// <summary>The weights before each step, by parameter.</summary>
    public List<Dictionary<string, float[]>> Met { get; } = [];

    public override int LengthOf(int example) => 1;

    public override BatchLoss Loss(TrainingBatch<int> batch)
    {
        var slope = slopes[Met.Count % slopes.Length];
        Met.Add(Weights(Model));
        var sum = Model.parameters().Where(parameter => parameter.requires_grad).Select(parameter => parameter.sum()).Aggregate((a, b) => a + b);
        return new(sum * slope, batch.Examples.Count);
    }

    public override BatchScore Score(TrainingBatch<int> batch) => new(0, 0, 1);

    public static Dictionary<string, float[]> Weights(nn.Module model) =>
        model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.detach().data<float>().ToArray());
}
