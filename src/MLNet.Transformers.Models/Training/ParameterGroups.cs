using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// AdamW over what is trained, in groups that share a rate and a decay: matrices decay, vectors (biases and the weights of norms)
/// do not; the head may have a rate of its own, and each layer a lower one than the layer above it.
/// </summary>
internal sealed class ParameterGroups : IDisposable
{
    private readonly Group[] groups;
    private readonly AdamW.ParamGroup[] rules;
    private readonly AdamW optimizer;
    private readonly double firstDecay;
    private readonly double lastDecay;

    public ParameterGroups(TrainedParameters parameters, TrainingOptions options)
    {
        groups = [.. parameters
            .GroupBy(parameter => (Rate: RateOf(parameter.Depth, parameters.Layers, options), Decays: parameter.Parameter.dim() > 1))
            .Select(group => new Group(group.Key.Rate / options.LearningRate, group.Key.Decays, [.. group]))];
        rules = [.. groups.Select(group => new AdamW.ParamGroup(
            group.Parameters.ConvertAll(parameter => parameter.Parameter),
            options.LearningRate,
            options.Beta1,
            options.Beta2,
            options.Epsilon,
            group.Decays ? options.WeightDecay : 0))];
        optimizer = optim.AdamW(rules);
        (firstDecay, lastDecay) = (options.WeightDecay, options.FinalWeightDecay ?? options.WeightDecay);
    }

    /// <summary>What the optimizer remembers of each parameter.</summary>
    public IEnumerable<(string Name, AdamW.State State)> States =>
        groups.SelectMany(group => group.Parameters).Zip(optimizer.state_dict().State, (parameter, state) => (parameter.Name, (AdamW.State)state));

    /// <summary>
    /// The greatest rate of a depth: the head's own or the common one, shrunk once for every layer between the depth and the head,
    /// as <see href="https://arxiv.org/abs/2003.10555">Clark et al., 2020</see> do.
    /// </summary>
    public static double RateOf(int depth, int layers, TrainingOptions options) => depth > layers
        ? options.HeadLearningRate ?? options.LearningRate
        : options.LearningRate * Math.Pow(options.LayerDecay, layers + 1 - depth);

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="rate">The common rate, of which each group has its share.</param>
    /// <param name="progress">Share of the steps that were made before.</param>
    public void Step(double rate, double progress)
    {
        var decay = lastDecay + (firstDecay - lastDecay) * (1 + Math.Cos(Math.PI * progress)) / 2;
        foreach (var (group, rule) in groups.Zip(rules))
        {
            rule.LearningRate = rate * group.RateShare;
            rule.Options.weight_decay = group.Decays ? decay : 0;
        }
        optimizer.step();
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();

    private sealed record Group(double RateShare, bool Decays, List<TrainedParameter> Parameters);
}
