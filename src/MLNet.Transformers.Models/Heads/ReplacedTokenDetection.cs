using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One score for every token, for having been put in another's place: the discriminator of <see href="https://arxiv.org/abs/2003.10555">ELECTRA</see>.</summary>
public sealed class ReplacedTokenDetection : Head
{
    private readonly Linear dense;
    private readonly Func<Tensor, Tensor> activation;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="activation">Applied between the two maps.</param>
    public ReplacedTokenDetection(long hiddenSize, Func<Tensor, Tensor> activation)
        : base(nameof(ReplacedTokenDetection))
    {
        dense = Linear(hiddenSize, hiddenSize);
        this.activation = activation;
        output = Linear(hiddenSize, 1);
        RegisterComponents();
    }

    /// <summary>The head of a config.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="backbone">The encoder that the head will stand on.</param>
    public static ReplacedTokenDetection Of(TextConfig config, TextBackbone backbone) => new(config.HiddenSize, functional.gelu);

    /// <summary>The scores before any sigmoid.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">Not looked at.</param>
    /// <returns>(batch, length); what stands at padding means nothing.</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var mapped = dense.forward(hidden);
        using var active = activation(mapped);
        using var scores = output.forward(active); // (batch, length, 1)
        return scores.squeeze(2);
    }
}
