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

    /// <summary>Tokens to vectors.</summary>
    public TokenEmbedding Embedding => embedding;

    /// <summary>The last layer's hidden states.</summary>
    /// <returns>(batch, length, hidden); what stands at padding means nothing.</returns>
    public override Tensor forward(TokenBatch batch) => forward(batch, null);

    /// <summary>The last layer's hidden states, and what the trace asks for on the way there.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="trace">Filled with states and attention weights; null when nobody asks.</param>
    /// <returns>(batch, length, hidden); what stands at padding means nothing.</returns>
    public Tensor forward(TokenBatch batch, EncoderTrace? trace)
    {
        using var bias = AttentionBias.OfPadding(batch.Mask);
        using var embedded = embedding.call(batch);
        return encoder.call(embedded, new LayerContext(bias, trace));
    }
}
