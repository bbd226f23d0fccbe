using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A linear map, an activation and a norm, at every position alike, which some families put between hidden states and scores.</summary>
public sealed class PredictionMap : Module<Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly Func<Tensor, Tensor> activation;
    private readonly Module<Tensor, Tensor> norm;

    /// <param name="hiddenSize">Width of the hidden states, in and out.</param>
    /// <param name="style">The activation, the norm and whether they have biases.</param>
    public PredictionMap(long hiddenSize, MaskedLanguageModelStyle style)
        : base(nameof(PredictionMap))
    {
        dense = Linear(hiddenSize, hiddenSize, style.Bias);
        activation = Activation.Find(style.Activation);
        norm = Norm.Layer(hiddenSize, style.NormEpsilon, style.Bias);
        RegisterComponents();
    }

    /// <summary>norm(activation(dense(hidden))).</summary>
    /// <param name="hidden">(…, hidden).</param>
    /// <returns>(…, hidden).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var mapped = dense.forward(hidden);
        using var active = activation(mapped);
        return norm.call(active);
    }
}
