using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The state of the token that ends a text, which alone has seen all of it where tokens see only those before them.</summary>
/// <param name="endId">The number of that token, of which the first in a text counts; null for the token of the greatest number in each text.</param>
public sealed class EndOfTextPooler(int? endId) : Module<Tensor, TokenBatch, Tensor>(nameof(EndOfTextPooler))
{
    /// <summary>One vector a text.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">The texts.</param>
    /// <returns>(batch, hidden).</returns>
    /// <exception cref="ArgumentException">A text does not end.</exception>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var marks = endId is { } id ? batch.Ids.eq(id).to_type(ScalarType.Int64) : batch.Ids.add(1);
        using var seen = batch.Mask is null ? marks.alias() : marks.mul(batch.Mask);
        RequireEnds(seen);
        using var ends = seen.argmax(1).view(-1, 1, 1).expand(-1, -1, hidden.size(2)); // (batch, 1, hidden)
        using var states = hidden.gather(1, ends);
        return states.squeeze(1);
    }

    private void RequireEnds(Tensor seen)
    {
        using var greatest = seen.amax([1]);
        using var least = greatest.argmin();
        var row = least.item<long>();
        if (greatest[row].item<long>() == 0)
            throw new ArgumentException($"Text {row} of the batch has no token {endId}, which ends a text.", nameof(seen));
    }
}
