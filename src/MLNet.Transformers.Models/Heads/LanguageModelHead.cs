using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A score for every token of the vocabulary as the next one, at every position; as a rule by the model's own token vectors.</summary>
public sealed class LanguageModelHead : VocabularyHead
{
    private readonly Func<Tensor> vectors;
    private readonly double scale;
    private readonly Linear? output;
    private readonly Parameter? bias;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="embedding">The model's token vectors, which the head reads where it has none of its own, and does not own.</param>
    /// <param name="style">What makes states scores.</param>
    public LanguageModelHead(long hiddenSize, TokenEmbedding embedding, LanguageModelStyle style)
        : base(nameof(LanguageModelHead))
    {
        scale = style.Scale;
        var vocabulary = embedding.Vectors.size(0);
        output = style.IsTied ? null : Linear(hiddenSize, vocabulary, hasBias: false);
        // Read anew each time: moving a model to a device gives it other parameters. A function, since a field would make them the head's.
        vectors = () => output?.weight ?? embedding.Vectors;
        bias = style.HasBias ? OwnedParameter.Of(zeros(vocabulary)) : null;
        RegisterComponents();
    }

    /// <summary>The language model of a config.</summary>
    /// <param name="config">Sizes and style.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="NotSupportedException">The family is no language model.</exception>
    public static LanguageModelHead Of(TextConfig config, TextBackbone backbone) => new(
        config.OutputSize,
        backbone.TargetEmbedding,
        config.LanguageModel ?? throw new NotSupportedException($"Models of the family '{config.ModelType}' see what comes later, and cannot write texts."));

    /// <inheritdoc/>
    public override Tensor Scores(Tensor states)
    {
        using var scaled = Scale(states);
        return functional.linear(scaled, vectors(), bias);
    }

    /// <summary>The scores of a few tokens only.</summary>
    /// <param name="states">(states, hidden).</param>
    /// <param name="ids">The tokens' ids, (tokens), 64-bit.</param>
    /// <returns>(states, tokens).</returns>
    internal Tensor ScoresOf(Tensor states, Tensor ids)
    {
        using var scaled = Scale(states);
        using var chosen = vectors().index_select(0, ids);
        using var biases = bias?.index_select(0, ids);
        return functional.linear(scaled, chosen, biases);
    }

    /// <summary>The score of one token for each state.</summary>
    /// <param name="states">(states, hidden).</param>
    /// <param name="ids">The tokens' ids, (states), 64-bit.</param>
    /// <returns>(states).</returns>
    internal Tensor ScoreOfEach(Tensor states, Tensor ids)
    {
        using var scaled = Scale(states);
        using var chosen = vectors().index_select(0, ids);
        using var products = scaled.mul(chosen);
        using var scores = products.sum(-1);
        using var biases = bias?.index_select(0, ids);
        return biases is null ? scores.alias() : scores.add(biases);
    }

    private Tensor Scale(Tensor states) => scale == 1 ? states.alias() : states.mul(scale);
}
