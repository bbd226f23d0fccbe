namespace MLNet.Transformers.Models;

/// <summary>How examples are put into batches.</summary>
public abstract record Batching
{
    /// <summary>Puts every example into one batch.</summary>
    /// <param name="lengths">Length of each example in tokens.</param>
    /// <param name="random">Shuffles examples and batches; null to keep neither order random, as for validation.</param>
    /// <exception cref="ArgumentException">An example fits no batch.</exception>
    public abstract IReadOnlyList<BatchPlan> Plan(IReadOnlyList<int> lengths, Random? random);

    /// <summary>Indices of the examples, shuffled when there is something to shuffle with.</summary>
    private protected static int[] Order(int count, Random? random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        random?.Shuffle(order);
        return order;
    }
}

/// <summary>Which examples make a batch.</summary>
/// <param name="Examples">Their indices.</param>
/// <param name="Length">The length that they are padded to.</param>
public sealed record BatchPlan(int[] Examples, int Length)
{
    /// <summary>Positions of the batch, padding included.</summary>
    public int Positions => Examples.Length * Length;
}

/// <summary>
/// Examples of like length together, as many as fill a number of positions: little padding, and batches that cost the same.
/// </summary>
/// <param name="Tokens">Positions of a batch, padding included; a longer example is a batch by itself.</param>
/// <param name="Window">Number of batches whose examples are sorted together: more means less padding, fewer means more chance.</param>
public sealed record TokenBudget(int Tokens, int Window = 100) : Batching
{
    /// <inheritdoc/>
    public override IReadOnlyList<BatchPlan> Plan(IReadOnlyList<int> lengths, Random? random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Tokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        var order = Order(lengths.Count, random);
        var batches = new List<BatchPlan>();
        for (var start = 0; start < order.Length;)
        {
            var end = EndOfWindow(order, start, lengths, random);
            // A stable sort keeps examples of the same length in their random order.
            Fill(batches, [.. order[start..end].OrderBy(example => lengths[example])], lengths);
            start = end;
        }
        var plan = batches.ToArray();
        random?.Shuffle(plan);
        return plan;
    }

    private int EndOfWindow(int[] order, int start, IReadOnlyList<int> lengths, Random? random)
    {
        if (random is null)
            return order.Length;
        var end = start;
        for (long tokens = 0; end < order.Length && tokens < (long)Tokens * Window; end++)
            tokens += lengths[order[end]];
        return end;
    }

    private void Fill(List<BatchPlan> batches, int[] sorted, IReadOnlyList<int> lengths)
    {
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && (long)(end - start + 1) * lengths[sorted[end]] <= Tokens)
                end++;
            batches.Add(new BatchPlan(sorted[start..end], lengths[sorted[end - 1]]));
            start = end;
        }
    }
}

/// <summary>
/// The same number of examples in every batch, padded to the longest of them, with examples of like length together.
/// </summary>
/// <param name="Examples">Examples of a batch.</param>
/// <param name="Window">Number of batches whose examples are sorted together: more means less padding, fewer means more chance; 1 for no sorting.</param>
public sealed record FixedSize(int Examples, int Window = 100) : Batching
{
    /// <inheritdoc/>
    public override IReadOnlyList<BatchPlan> Plan(IReadOnlyList<int> lengths, Random? random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Examples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        var order = Order(lengths.Count, random);
        var window = random is null ? order.Length : (int)Math.Min(int.MaxValue, (long)Examples * Window);
        BatchPlan[] plan = [.. order.Chunk(Math.Max(1, window))
            .SelectMany(examples => examples.OrderBy(example => lengths[example]).Chunk(Examples))
            .Select(chunk => new BatchPlan(chunk, chunk.Max(example => lengths[example])))];
        random?.Shuffle(plan);
        return plan;
    }
}

/// <summary>The same number of examples in every batch, all padded to the same length: simple, and mostly padding.</summary>
/// <param name="Examples">Examples of a batch.</param>
/// <param name="Length">The length that all are padded to.</param>
public sealed record FixedPadding(int Examples, int Length) : Batching
{
    /// <inheritdoc/>
    public override IReadOnlyList<BatchPlan> Plan(IReadOnlyList<int> lengths, Random? random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Examples, 1);
        var longest = lengths.Count == 0 ? 0 : lengths.Max();
        if (longest > Length)
            throw new ArgumentException($"An example of {longest} tokens does not fit into batches padded to {Length}.", nameof(lengths));
        return [.. Order(lengths.Count, random).Chunk(Examples).Select(chunk => new BatchPlan(chunk, Length))];
    }
}
