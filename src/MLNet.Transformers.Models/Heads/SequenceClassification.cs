using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One score a class for a whole sequence; with one class, a regression.</summary>
public sealed class SequenceClassification : Head
{
    private readonly Pooler pooler;
    private readonly Dropout inputDropout;
    private readonly Linear? dense;
    private readonly Func<Tensor, Tensor>? activation;
    private readonly Module<Tensor, Tensor>? norm;
    private readonly Dropout dropout;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="classes">Number of scores.</param>
    /// <param name="style">What stands before the scores.</param>
    public SequenceClassification(long hiddenSize, int classes, ClassifierStyle style)
        : base(nameof(SequenceClassification))
    {
        var width = Pooler.Width(style.Pooling, hiddenSize);
        pooler = new Pooler(style.Pooling);
        inputDropout = Dropout(style.InputDropout);
        if (style.Activation is { } name)
        {
            activation = Activation.Find(name);
            dense = Linear(width, hiddenSize, style.Bias);
            norm = style.Norm is { } last ? Norm.Layer(hiddenSize, last.Epsilon, last.Bias) : null;
            width = hiddenSize;
        }
        dropout = Dropout(style.Dropout);
        output = Linear(width, classes, style.HasOutputBias);
        RegisterComponents();
    }

    /// <summary>The classifier of a config: its family's own, one score for each of its labels.</summary>
    /// <param name="config">Sizes, labels and pooling.</param>
    /// <param name="backbone">The encoder that the head will stand on.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    public static SequenceClassification Of(TextConfig config, TextBackbone backbone) =>
        new(config.OutputSize, config.RequireLabels().Count, config.Classifier);

    /// <summary>Whether the scores have biases.</summary>
    public bool HasBias => output.bias is not null;

    /// <summary>Whether the scores' biases are all 0, as those of a fresh head are.</summary>
    public bool IsFresh => output.bias is null || output.bias.count_nonzero().item<long>() == 0;

    /// <summary>Changes the weights so that every score is from now on <paramref name="factor"/> times what it was, plus <paramref name="shift"/>.</summary>
    /// <exception cref="NotSupportedException">There is a shift, and the scores have no biases.</exception>
    public void Rescale(double factor, double shift)
    {
        using var frozen = no_grad();
        if (shift != 0 || HasBias)
            RequireBias().mul_(factor).add_(shift);
        output.weight!.mul_(factor);
    }

    /// <summary>What the scores are a linear map of.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">Its mask tells tokens from padding.</param>
    /// <returns>(batch, width).</returns>
    public Tensor Features(Tensor hidden, TokenBatch batch)
    {
        using var pooled = pooler.call(hidden, batch);
        return Features(pooled);
    }

    /// <summary>Takes another linear map from features to scores.</summary>
    /// <param name="weight">(classes, width).</param>
    /// <param name="bias">(classes).</param>
    /// <exception cref="NotSupportedException">The scores have no biases.</exception>
    public void SetScores(Tensor weight, Tensor bias)
    {
        using var frozen = no_grad();
        RequireBias().copy_(bias);
        output.weight!.copy_(weight);
    }

    /// <summary>The scores before any softmax.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">Its mask tells tokens from padding.</param>
    /// <returns>(batch, classes).</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var features = Features(hidden, batch);
        using var kept = dropout.forward(features);
        return output.forward(kept);
    }

    private Parameter RequireBias() =>
        output.bias ?? throw new NotSupportedException("The scores of this family's classifiers have no biases.");

    private Tensor Features(Tensor pooled)
    {
        if (dense is null || activation is null)
            return pooled.alias();
        using var input = inputDropout.forward(pooled);
        using var mapped = dense.forward(input);
        var active = activation(mapped);
        if (norm is null)
            return active;
        using (active)
            return norm.call(active);
    }
}
