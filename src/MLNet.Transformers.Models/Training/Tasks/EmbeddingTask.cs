using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Trains a model that makes each text a vector, by how near the vectors of several texts are to each other.</summary>
/// <typeparam name="TExample">Texts that belong together.</typeparam>
/// <param name="embedder">Makes a batch of texts (batch, width).</param>
/// <param name="paddingId">The id that fills sequences up.</param>
public abstract class EmbeddingTask<TExample>(Module<TokenBatch, Tensor> embedder, int paddingId) : TrainingTask<TExample>(embedder)
{
    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>Tokens hidden at random in training; null for none.</summary>
    public TokenDropout? TokenDropout { get; init; }

    /// <summary>The vectors of texts, (texts, width).</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="random">Hides tokens; null where nothing is to be learnt.</param>
    protected Tensor Embed(IEnumerable<TokenSequence> texts, Random? random)
    {
        var seen = random is null || TokenDropout is null ? texts : texts.Select(text => TokenDropout.Apply(text, random));
        using var tokens = TokenBatch.Pad([.. seen], paddingId, device: Device);
        return embedder.call(tokens).Widen();
    }

    /// <summary>The same vectors with a length of 1, (texts, width): their products are cosines.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="random">Hides tokens; null where nothing is to be learnt.</param>
    protected Tensor EmbedOnSphere(IEnumerable<TokenSequence> texts, Random? random)
    {
        using var vectors = Embed(texts, random);
        return functional.normalize(vectors);
    }
}
