using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A score for every token of the vocabulary at every position, by the encoder's own token vectors; and, where it was asked for,
/// whether the second of two texts belongs after the first: <see href="https://arxiv.org/abs/1810.04805">Devlin et al., 2019</see>.
/// </summary>
public sealed class MaskedLanguageModel : Head
{
    private readonly Func<Tensor> vectors;
    private readonly Linear transform;
    private readonly Func<Tensor, Tensor> activation;
    private readonly Module<Tensor, Tensor> transformNorm;
    private readonly Parameter bias;
    private readonly Linear? dense;
    private readonly Linear? order;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="embedding">The encoder's token vectors, which the head reads and does not own.</param>
    /// <param name="style">What stands before the scores.</param>
    /// <param name="hasOrder">Whether the head also tells if two texts belong in this order.</param>
    public MaskedLanguageModel(long hiddenSize, TokenEmbedding embedding, MaskedLanguageModelStyle style, bool hasOrder = false)
        : base(nameof(MaskedLanguageModel))
    {
        // Read anew each time: moving a model to a device gives it other parameters. A function, since a field would make them the head's.
        vectors = () => embedding.Vectors;
        var width = embedding.Vectors.size(1);
        transform = Linear(hiddenSize, width, hasBias: style.Bias);
        activation = Activation.Find(style.Activation);
        transformNorm = Norm.Layer(width, style.NormEpsilon, style.Bias);
        bias = OwnedParameter.Of(zeros(embedding.Vectors.size(0)));
        if (hasOrder)
        {
            dense = Linear(hiddenSize, hiddenSize);
            order = Linear(hiddenSize, 2);
        }
        RegisterComponents();
    }

    /// <summary>Whether the head tells if two texts belong in this order.</summary>
    public bool HasOrder => order is not null;

    /// <summary>The scores of every position, before any softmax.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">Not looked at.</param>
    /// <returns>(batch, length, vocabulary).</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch) => Scores(hidden);

    /// <summary>The scores of chosen states, before any softmax.</summary>
    /// <param name="states">(…, hidden).</param>
    /// <returns>(…, vocabulary).</returns>
    public Tensor Scores(Tensor states)
    {
        using var mapped = transform.forward(states);
        using var activated = activation(mapped);
        using var normalised = transformNorm.call(activated);
        return functional.linear(normalised, vectors(), bias);
    }

    /// <summary>Scores, before any softmax, for two texts that belong in this order and for two that do not.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <returns>(batch, 2).</returns>
    /// <exception cref="InvalidOperationException">The head was made without.</exception>
    public Tensor Order(Tensor hidden)
    {
        if (dense is null || order is null)
            throw new InvalidOperationException("This head does not tell the order of texts.");
        using var first = hidden.select(1, 0);
        using var mapped = dense.forward(first);
        using var pooled = mapped.tanh();
        return order.forward(pooled);
    }
}
