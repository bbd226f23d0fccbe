using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Token ids to one hidden state a token: an embedding and a stack of layers in which every token sees every other.</summary>
public sealed class TextEncoder : Module<TokenBatch, Tensor>
{
    private readonly TokenEmbedding embedding;
    private readonly Encoder encoder;

    /// <param name="embedding">Tokens to vectors.</param>
    /// <param name="encoder">The layers.</param>
    public TextEncoder(TokenEmbedding embedding, Encoder encoder)
        : base(nameof(TextEncoder))
    {
        this.embedding = embedding;
        this.encoder = encoder;
        RegisterComponents();
    }

    /// <summary>The last layer's hidden states.</summary>
    /// <returns>(batch, length, hidden); what stands at padding means nothing.</returns>
    public override Tensor forward(TokenBatch batch)
    {
        using var bias = AttentionBias.OfPadding(batch.Mask);
        using var embedded = embedding.call(batch);
        return encoder.call(embedded, new LayerContext(bias));
    }
}
