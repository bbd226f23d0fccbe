using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Token ids to one hidden state a token: an embedding and a stack of layers in which every token sees every other.</summary>
public sealed class TextEncoder : Module<TokenBatch, Tensor>
{
    private readonly TokenEmbedding embedding;
    private readonly Module<TokenBatch, LayerContext> context;
    private readonly Encoder encoder;

    /// <param name="embedding">Tokens to vectors.</param>
    /// <param name="encoder">The layers.</param>
    /// <param name="context">Makes, once a batch, what travels beside the hidden states; null when only padding is to be hidden.</param>
    public TextEncoder(TokenEmbedding embedding, Encoder encoder, Module<TokenBatch, LayerContext>? context = null)
        : base(nameof(TextEncoder))
    {
        this.embedding = embedding;
        this.encoder = encoder;
        this.context = context ?? new PaddingContext();
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
    /// <exception cref="NotSupportedException">The batch has a memory, and the model no recurrence, or layers are computed again.</exception>
    public Tensor forward(TokenBatch batch, EncoderTrace? trace)
    {
        if (batch.Memory is not null && Recomputation.IsRecording)
            throw new NotSupportedException("A memory of earlier segments cannot be used where layers are computed again: gradient checkpointing would extend it twice.");
        var shared = context.call(batch);
        // Layers that are computed again need it again; it then goes with the scope of the training step.
        using var released = Recomputation.IsRecording ? null : shared;
        if (batch.Memory is not null && shared.Memory is null)
            throw new NotSupportedException("The batch has a memory of earlier segments, and this model does not use any.");
        using var embedded = embedding.call(batch);
        var fitting = shared.As(embedded.dtype) with { Trace = trace };
        return encoder.call(embedded, fitting);
    }
}
