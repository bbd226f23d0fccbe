using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Which parameters the optimiser treats alike.</summary>
internal static class ParameterGroups
{
    /// <summary>AdamW over what can be trained: matrices decay, vectors (biases and the weights of norms) do not.</summary>
    public static AdamW Optimizer(IReadOnlyList<Parameter> parameters, TrainingOptions options) => optim.AdamW(
        [
            new AdamW.ParamGroup(parameters.Where(parameter => parameter.dim() > 1).ToList(), options.LearningRate, weight_decay: options.WeightDecay),
            new AdamW.ParamGroup(parameters.Where(parameter => parameter.dim() <= 1).ToList(), options.LearningRate),
        ]);
}
