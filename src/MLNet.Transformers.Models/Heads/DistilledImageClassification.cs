using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Two scores a class, of the class token by what the image shows, and of the distillation token by what a teacher says of it; the
/// answer is their mean. Section 4 of <see href="https://arxiv.org/abs/2012.12877">DeiT</see>.
/// </summary>
public sealed class DistilledImageClassification : ImageHead
{
    /// <summary>How many of the first tokens it reads.</summary>
    internal const int Tokens = 2;

    private readonly Linear output;
    private readonly Linear distillation;

    /// <param name="hiddenSize">Width of the hidden states, of which the second is the distillation token's.</param>
    /// <param name="classes">Number of scores.</param>
    public DistilledImageClassification(long hiddenSize, int classes)
        : base(nameof(DistilledImageClassification))
    {
        output = Linear(hiddenSize, classes);
        distillation = Linear(hiddenSize, classes);
        RegisterComponents();
    }

    /// <summary>The classifier of a config, a pair of scores for each of its labels.</summary>
    /// <param name="config">Sizes and labels.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="ArgumentException">The config names no labels, or the backbone has no distillation token.</exception>
    public static DistilledImageClassification Of(ImageConfig config, ImageBackbone backbone) => backbone.PrefixTokens == Tokens
        ? new(config.OutputSize, config.RequireLabels().Count)
        : throw new ArgumentException($"A '{config.ModelType}' model has no distillation token beside its class token.", nameof(backbone));

    /// <inheritdoc/>
    public override int? ReadTokens => Tokens;

    /// <summary>The mean of both scores, before any softmax.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, classes).</returns>
    public override Tensor forward(Tensor hidden)
    {
        var (own, taught) = Scores(hidden);
        using (own)
        using (taught)
            return own.add(taught).div_(2);
    }

    /// <summary>Both scores apart: the first learns from labels, the second from a teacher.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, classes) each.</returns>
    public (Tensor Own, Tensor Taught) Scores(Tensor hidden)
    {
        using var classToken = hidden.select(1, 0);
        using var distillationToken = hidden.select(1, 1);
        return (output.forward(classToken), distillation.forward(distillationToken));
    }
}
