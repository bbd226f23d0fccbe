namespace MLNet.Transformers.Tool.Search;

/// <summary>Rows to learn from, and others to measure on.</summary>
/// <param name="TrainingRows">The rows to learn from.</param>
/// <param name="TrainingCount">Their number.</param>
/// <param name="ValidationRows">The rows to measure on.</param>
/// <param name="ValidationCount">Their number.</param>
internal sealed record Fold(IDataView TrainingRows, long TrainingCount, IDataView ValidationRows, long ValidationCount)
{
    /// <summary>A fold with its rows counted.</summary>
    /// <exception cref="InputException">One side is empty; what it says is <paramref name="complaint"/>.</exception>
    public static Fold Of(IDataView trainingRows, IDataView validationRows, string complaint)
    {
        var fold = new Fold(trainingRows, Count(trainingRows), validationRows, Count(validationRows));
        return fold is { TrainingCount: > 0, ValidationCount: > 0 } ? fold : throw new InputException(complaint);
    }

    private static long Count(IDataView rows)
    {
        if (rows.GetRowCount() is { } known)
            return known;
        var count = 0L;
        using var cursor = rows.GetRowCursor([]);
        while (cursor.MoveNext())
            count++;
        return count;
    }
}
