using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Parameters that belong to a module.</summary>
internal static class OwnedParameter
{
    /// <summary>A parameter of these values, which no dispose scope frees: the module that registers it does.</summary>
    /// <param name="values">Its first values, which become its own.</param>
    public static Parameter Of(Tensor values) => (Parameter)nn.Parameter(values).DetachFromDisposeScope();

    /// <summary>A parameter with the values of another.</summary>
    /// <param name="source">Is copied, and stays the caller's.</param>
    public static Parameter CopyOf(Tensor source) => Of(source.detach().clone());
}
