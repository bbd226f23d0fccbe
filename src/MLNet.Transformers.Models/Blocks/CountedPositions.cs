using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// One learned vector a position, where only tokens other than padding count: the n-th of them has position padding id + n,
/// and padding, wherever it stands, the padding id itself; as in
/// <see href="https://github.com/facebookresearch/fairseq">fairseq</see> and the models trained with it.
/// </summary>
public sealed class CountedPositions : Module<TokenBatch, Tensor>
{
    private readonly long maxLength;
    private readonly long paddingId;
    private readonly Embedding vectors;

    /// <param name="rows">Number of vectors; the longest sequence has padding id + 1 tokens less.</param>
    /// <param name="hiddenSize">Width of a vector.</param>
    /// <param name="paddingId">The token id that does not count.</param>
    public CountedPositions(long rows, long hiddenSize, long paddingId)
        : base(nameof(CountedPositions))
    {
        maxLength = rows - paddingId - 1;
        this.paddingId = paddingId;
        vectors = Embedding(rows, hiddenSize);
        RegisterComponents();
    }

    /// <summary>The vectors of a batch's positions.</summary>
    /// <returns>(batch, length, hidden).</returns>
    /// <exception cref="ArgumentException">The batch is longer than the table.</exception>
    public override Tensor forward(TokenBatch batch)
    {
        batch.RequireAtMost(maxLength);
        using var counts = batch.Ids.ne(paddingId);
        using var positions = counts.cumsum(1).mul_(counts).add_(paddingId);
        return vectors.forward(positions);
    }
}
