using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A linear map with an activation after it.</summary>
public sealed class Dense : Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor>? activation;
    private readonly Linear linear;

    /// <param name="inputSize">Width of the input.</param>
    /// <param name="outputSize">Width of the output.</param>
    /// <param name="bias">Whether the map adds a bias.</param>
    /// <param name="activation">Applied after the map; null for none.</param>
    public Dense(long inputSize, long outputSize, bool bias = true, Func<Tensor, Tensor>? activation = null)
        : base(nameof(Dense))
    {
        this.activation = activation;
        linear = Linear(inputSize, outputSize, bias);
        RegisterComponents();
    }

    /// <summary>activation(linear(input)).</summary>
    /// <param name="input">(…, input size).</param>
    /// <returns>(…, output size).</returns>
    public override Tensor forward(Tensor input)
    {
        if (activation is null)
            return linear.forward(input);
        using var mapped = linear.forward(input);
        return activation(mapped);
    }
}
