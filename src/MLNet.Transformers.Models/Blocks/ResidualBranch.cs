using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What a sublayer's output goes through before it is added to the layer's input.</summary>
public sealed class ResidualBranch : Module<Tensor, Tensor>
{
    private readonly LayerScale? scale;
    private readonly StochasticDepth? depth;

    private ResidualBranch(LayerScale? scale, StochasticDepth? depth)
        : base(nameof(ResidualBranch))
    {
        this.scale = scale;
        this.depth = depth;
        RegisterComponents();
    }

    /// <summary>A branch with a factor for each column, dropped for some examples; null where it would do neither.</summary>
    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="scale">Every column's factor at first; null for no factors.</param>
    /// <param name="dropProbability">Probability with which an example's output is dropped in training.</param>
    public static ResidualBranch? Of(long hiddenSize, double? scale, double dropProbability) => scale is null && dropProbability == 0
        ? null
        : new(scale is { } start ? new LayerScale(hiddenSize, start) : null, dropProbability > 0 ? new StochasticDepth(dropProbability) : null);

    /// <summary>The output as it is to be added.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <returns>(batch, length, hidden).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var scaled = scale is null ? hidden.alias() : scale.forward(hidden);
        return depth is null ? scaled.alias() : depth.forward(scaled);
    }
}
