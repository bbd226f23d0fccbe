using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Token sequences padded to one length, on a device; owns its tensors.</summary>
public sealed class TokenBatch : IDisposable
{
    private TokenBatch(Tensor ids, Tensor typeIds, Tensor? mask, SegmentMemory? memory)
    {
        Ids = ids;
        TypeIds = typeIds;
        Mask = mask;
        Memory = memory;
    }

    /// <summary>Token ids, (batch, length), 64-bit.</summary>
    public Tensor Ids { get; }

    /// <summary>Segment ids, broadcastable to (batch, length), 64-bit; a single zero when every token is of the first segment.</summary>
    public Tensor TypeIds { get; }

    /// <summary>True where there is a token, (batch, length); null when there is no padding.</summary>
    public Tensor? Mask { get; }

    /// <summary>What a model with recurrence has seen before these tokens, which the call extends and which stays the caller's; null for nothing.</summary>
    public SegmentMemory? Memory { get; }

    /// <summary>Number of sequences.</summary>
    public long Count => Ids.size(0);

    /// <summary>Number of positions, padding included.</summary>
    public long Length => Ids.size(1);

    /// <summary>Pads sequences at their end.</summary>
    /// <param name="sequences">At least one; each with at least one token.</param>
    /// <param name="paddingId">The id that fills up.</param>
    /// <param name="length">The length to pad to; null for that of the longest sequence.</param>
    /// <param name="device">Where the tensors go; null for the CPU.</param>
    /// <param name="memory">What the sequences go on from, in a model with recurrence; null for nothing.</param>
    /// <exception cref="ArgumentException">There is no sequence, an empty one, one longer than <paramref name="length"/>, or one whose type ids are not as many as its ids.</exception>
    public static TokenBatch Pad(IReadOnlyList<TokenSequence> sequences, int paddingId, int? length = null, Device? device = null, SegmentMemory? memory = null)
    {
        if (sequences.Count == 0)
            throw new ArgumentException("A batch needs at least one sequence.", nameof(sequences));
        var width = length ?? sequences.Max(sequence => sequence.Length);
        for (var row = 0; row < sequences.Count; row++)
            Require(sequences[row], row, width);
        return new TokenBatch(
            Rows(sequences, width, paddingId, sequence => sequence.Ids, device),
            sequences.All(sequence => sequence.TypeIds is null)
                ? zeros(1, 1, ScalarType.Int64, device)
                : Rows(sequences, width, 0, sequence => sequence.TypeIds, device),
            sequences.All(sequence => sequence.Length == width) ? null : MaskOf(sequences, width, device),
            memory);
    }

    /// <summary>Refuses a batch that a model has no positions for.</summary>
    /// <exception cref="ArgumentException">The batch is longer than that.</exception>
    public void RequireAtMost(long maxLength)
    {
        if (Length > maxLength)
            throw new ArgumentException($"A sequence of {Length} tokens is longer than the {maxLength} positions that the model has.", nameof(maxLength));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ids.Dispose();
        TypeIds.Dispose();
        Mask?.Dispose();
    }

    private static Tensor Rows(IReadOnlyList<TokenSequence> sequences, int width, int padding, Func<TokenSequence, int[]?> values, Device? device)
    {
        var flat = new long[sequences.Count * width];
        for (var row = 0; row < sequences.Count; row++)
        {
            var target = flat.AsSpan(row * width, width);
            var source = values(sequences[row]) ?? [];
            for (var i = 0; i < source.Length; i++)
                target[i] = source[i];
            target[source.Length..].Fill(padding);
        }
        return tensor(flat, [sequences.Count, width], device: device);
    }

    private static Tensor MaskOf(IReadOnlyList<TokenSequence> sequences, int width, Device? device)
    {
        var flat = new bool[sequences.Count * width];
        for (var row = 0; row < sequences.Count; row++)
            flat.AsSpan(row * width, sequences[row].Length).Fill(true);
        return tensor(flat, [sequences.Count, width], device: device);
    }

    private static void Require(TokenSequence sequence, int row, int width)
    {
        if (sequence.Length == 0)
            throw new ArgumentException($"Sequence {row} of the batch has no token.", nameof(sequence));
        if (sequence.Length > width)
            throw new ArgumentException($"Sequence {row} of the batch has {sequence.Length} tokens, more than the {width} to pad to.", nameof(sequence));
        if (sequence.TypeIds is { } types && types.Length != sequence.Length)
            throw new ArgumentException($"Sequence {row} of the batch has {sequence.Length} token ids and {types.Length} type ids.", nameof(sequence));
    }
}
