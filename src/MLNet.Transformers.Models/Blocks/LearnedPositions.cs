using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One learned vector a position.</summary>
public sealed class LearnedPositions : Module<TokenBatch, Tensor>, IPositionTable
{
    private readonly long maxLength;
    private readonly long offset;
    private readonly Parameter weight;

    /// <param name="maxLength">Number of positions.</param>
    /// <param name="hiddenSize">Width of a vector.</param>
    /// <param name="offset">Rows of the table before that of position 0: some families start at 2.</param>
    public LearnedPositions(long maxLength, long hiddenSize, long offset = 0)
        : base(nameof(LearnedPositions))
    {
        this.maxLength = maxLength;
        this.offset = offset;
        weight = OwnedParameter.Of(randn(maxLength + offset, hiddenSize));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public long MaxLength => maxLength;

    /// <summary>The vectors of a batch's positions.</summary>
    /// <returns>(length, hidden), a view of the table; (batch, length, hidden) where rows have positions of their own.</returns>
    /// <exception cref="ArgumentException">The batch is longer than the table.</exception>
    public override Tensor forward(TokenBatch batch)
    {
        batch.RequireAtMost(maxLength);
        if (batch.PositionIds is not { } positions)
            return weight.narrow(0, offset + batch.Start, batch.Length);
        using var rows = positions.add(offset).flatten();
        using var vectors = weight.index_select(0, rows);
        return vectors.view(batch.Count, batch.Length, weight.size(1));
    }
}
