namespace MLNet.Transformers.Tasks;

/// <summary>What a run learns from, and what it validates on; examples of one row are never on both sides.</summary>
internal sealed record FineTuningExamples<TExample>(List<TExample> Training, List<TExample> Validation)
{
    /// <exception cref="ArgumentException">There is no row, or one that nothing can be learnt from.</exception>
    public static FineTuningExamples<TExample> Read<TModel>(
        ILearningTask<TModel, TExample> task, IDataView training, TModel model, FineTuningOptions options, int seed)
    {
        var rows = Rows(task, training, model, "training set");
        task.CheckTraining([.. rows.SelectMany(row => row)]);
        if (options.ValidationSet is { } set)
        {
            task.CheckValidation(set.Schema);
            return Of(task, model, rows, Rows(task, set, model, "validation set"));
        }
        var (kept, apart) = options.ValidationFraction > 0 ? Split(rows, options.ValidationFraction, seed) : (rows, []);
        return Of(task, model, kept, apart);
    }

    /// <summary>The examples of every row, row by row.</summary>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static List<IReadOnlyList<TExample>> Rows<TModel>(ILearningTask<TModel, TExample> task, IDataView data, TModel model, string name)
    {
        var columns = task.Inputs.Select(column => column.In(data.Schema));
        using var cursor = data.GetRowCursor(columns);
        var read = task.CreateExampleReader(cursor, model);
        var rows = new List<IReadOnlyList<TExample>>();
        while (cursor.MoveNext())
            rows.Add(read());
        return rows.Count > 0 ? rows : throw new ArgumentException($"The {name} has no rows.");
    }

    private static (List<IReadOnlyList<TExample>> Training, List<IReadOnlyList<TExample>> Validation) Split(List<IReadOnlyList<TExample>> rows, double fraction, int seed)
    {
        var order = Enumerable.Range(0, rows.Count).ToArray();
        new Random(seed).Shuffle(order);
        var kept = Math.Clamp((int)Math.Round(fraction * order.Length), 1, order.Length - 1);
        return ([.. order[kept..].Select(index => rows[index])], [.. order[..kept].Select(index => rows[index])]);
    }

    private static FineTuningExamples<TExample> Of<TModel>(
        ILearningTask<TModel, TExample> task, TModel model, List<IReadOnlyList<TExample>> training, List<IReadOnlyList<TExample>> validation) =>
        new([.. task.Arrange([.. training.SelectMany(row => row)], model)], [.. task.Arrange([.. validation.SelectMany(row => row)], model)]);
}
