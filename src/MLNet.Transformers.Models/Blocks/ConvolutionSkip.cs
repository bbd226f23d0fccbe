using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Adds to what left the first layer what a convolution over neighbouring positions makes of what entered it, and normalises:
/// the n-gram layer of <see href="https://github.com/microsoft/DeBERTa">DeBERTa v2</see>.
/// </summary>
public sealed class ConvolutionSkip : Module<Tensor, Tensor, LayerContext, Tensor>
{
    private readonly Conv1d convolution;
    private readonly Func<Tensor, Tensor> activation;
    private readonly Module<Tensor, Tensor> norm;
    private readonly Dropout dropout;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="width">How many neighbouring positions the convolution sees, an odd number.</param>
    /// <param name="groups">Into how many groups that do not mix the hidden states are divided.</param>
    /// <param name="activation">Applied to the convolution's output.</param>
    /// <param name="norm">Normalises the sum.</param>
    /// <param name="dropout">Probability with which a value of the convolution's output is dropped in training.</param>
    /// <exception cref="ArgumentException">The width is even.</exception>
    public ConvolutionSkip(long hiddenSize, int width, int groups, Func<Tensor, Tensor> activation, Module<Tensor, Tensor> norm, double dropout)
        : base(nameof(ConvolutionSkip))
    {
        if (width % 2 == 0)
            throw new ArgumentException($"A convolution over {width} positions has none in its middle.", nameof(width));
        convolution = Conv1d(hiddenSize, hiddenSize, width, padding: (width - 1) / 2, groups: groups);
        this.activation = activation;
        this.norm = norm;
        this.dropout = Dropout(dropout);
        RegisterComponents();
    }

    /// <summary>norm(output + activation(convolution(input))), where padding counts as nothing.</summary>
    /// <param name="input">What entered the first layer, (batch, length, hidden).</param>
    /// <param name="output">What left it, (batch, length, hidden).</param>
    /// <param name="context">Its mask tells tokens from padding.</param>
    /// <returns>(batch, length, hidden).</returns>
    public override Tensor forward(Tensor input, Tensor output, LayerContext context)
    {
        using var absent = context.Mask?.logical_not().unsqueeze_(2); // (batch, length, 1)
        using var tokens = absent is null ? input.alias() : input.masked_fill(absent, 0);
        using var columns = tokens.transpose(1, 2); // (batch, hidden, length)
        using var mixed = convolution.forward(columns);
        using var rows = mixed.transpose(1, 2);
        using var kept = dropout.forward(rows);
        using var active = activation(kept);
        using var sum = output.add(active);
        return norm.call(sum);
    }
}
