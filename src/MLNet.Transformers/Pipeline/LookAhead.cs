namespace MLNet.Transformers.Pipeline;

/// <summary>
/// Reads a window of rows ahead of the consumer, scores them in batches of like length, and hands the results out in the
/// order of the rows. The window starts small and doubles, so the first row does not wait for thousands.
/// </summary>
internal sealed class LookAhead<TRow, TResult> : IDisposable
{
    private readonly RowScorer<TRow, TResult> scorer;
    private readonly ScoringSession<TRow, TResult> session;
    private readonly DataViewRowCursor cursor;
    private readonly Func<TRow> read;
    private readonly List<TRow> rows = [];
    private TResult[] results = [];
    private int position;
    private int window;

    public LookAhead(RowScorer<TRow, TResult> scorer, DataViewRowCursor cursor, IReadOnlyList<OutputColumn> wanted)
    {
        this.scorer = scorer;
        this.cursor = cursor;
        window = Math.Min(32, scorer.Window);
        try
        {
            read = scorer.CreateReader(cursor);
            session = scorer.Open(wanted);
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }

    /// <summary>The result of the next row.</summary>
    public TResult Next()
    {
        if (position == results.Length)
        {
            Fill();
        }
        return results[position++];
    }

    public void Dispose()
    {
        cursor.Dispose();
        session.Dispose();
    }

    private void Fill()
    {
        rows.Clear();
        while (rows.Count < window && cursor.MoveNext())
        {
            rows.Add(read());
        }
        if (rows.Count == 0)
        {
            throw new InvalidOperationException("The input gave fewer rows to its second cursor than to its first: it must be the same each time it is read.");
        }
        results = new TResult[rows.Count];
        position = 0;
        window = Math.Min(2 * window, scorer.Window);
        foreach (var batch in Batches())
        {
            var scored = session.Score([.. batch.Select(row => rows[row])]);
            for (var i = 0; i < scored.Length; i++)
            {
                results[batch[i]] = scored[i];
            }
        }
    }

    /// <summary>The window's rows, longest first, cut so that rows × longest stays within the budget and little of it is padding.</summary>
    private IEnumerable<int[]> Batches()
    {
        var lengths = rows.Select(scorer.LengthOf).ToArray();
        int[] order = [.. Enumerable.Range(0, rows.Count).OrderByDescending(row => lengths[row])];
        var start = 0;
        foreach (var count in LengthBatches.Cut([.. order.Select(row => lengths[row])], scorer.BatchTokens, scorer.PassCost))
        {
            yield return order[start..(start + count)];
            start += count;
        }
    }
}
