using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One score a sequence, to be compared with those of the other choices: section 4.4 of <see href="https://arxiv.org/abs/1810.04805">BERT</see>.</summary>
public sealed class MultipleChoice : Head
{
    private readonly Pooler pooler;
    private readonly Linear? dense;
    private readonly Func<Tensor, Tensor>? activation;
    private readonly Module<Tensor, Tensor>? norm;
    private readonly Dropout dropout;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="style">What stands before the score.</param>
    public MultipleChoice(long hiddenSize, ClassifierStyle style)
        : base(nameof(MultipleChoice))
    {
        var width = Pooler.Width(style.Pooling, hiddenSize);
        pooler = new Pooler(style.Pooling);
        if (style.Activation is { } name)
        {
            activation = Activation.Find(name);
            dense = Linear(width, hiddenSize, style.Bias);
            norm = style.Norm is { } last ? Norm.Layer(hiddenSize, last.Epsilon, last.Bias) : null;
            width = hiddenSize;
        }
        dropout = Dropout(style.Dropout);
        output = Linear(width, 1);
        RegisterComponents();
    }

    /// <summary>The head of a config: its family's own.</summary>
    /// <param name="config">Sizes and pooling.</param>
    /// <param name="backbone">The encoder that the head will stand on.</param>
    public static MultipleChoice Of(TextConfig config, TextBackbone backbone) => new(config.OutputSize, config.Classifier);

    /// <summary>The scores before any softmax over the choices.</summary>
    /// <param name="hidden">(rows × choices, length, hidden).</param>
    /// <param name="batch">Its mask tells tokens from padding.</param>
    /// <returns>(rows × choices).</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var pooled = pooler.call(hidden, batch);
        using var features = Features(pooled);
        using var kept = dropout.forward(features);
        using var scores = output.forward(kept); // (rows × choices, 1)
        return scores.squeeze(1);
    }

    private Tensor Features(Tensor pooled)
    {
        if (dense is null || activation is null)
            return pooled.alias();
        using var mapped = dense.forward(pooled);
        var active = activation(mapped);
        if (norm is null)
            return active;
        using (active)
            return norm.call(active);
    }
}
