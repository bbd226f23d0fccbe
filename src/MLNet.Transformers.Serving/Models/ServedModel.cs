using MLNet.Transformers.Serving.Rows;

namespace MLNet.Transformers.Serving.Models;

/// <summary>
/// A model bound to the row types: its data view is made once, over whatever rows the batch has, so that a batch costs no more
/// than its cursors. One batch at a time.
/// </summary>
internal sealed class ServedModel<TInput, TOutput>
    where TInput : class, new()
    where TOutput : class, new()
{
    private readonly BatchRows<TInput> source = new();
    private readonly IEnumerable<TOutput> outputs;

    /// <exception cref="ArgumentException">The model needs or gives other columns than the row types have.</exception>
    /// <exception cref="InvalidOperationException">The model does not map rows one by one, or the row types have no column that it adds.</exception>
    public ServedModel(MLContext context, ITransformer transformer, long version)
    {
        if (!transformer.IsRowToRowMapper)
        {
            throw new InvalidOperationException("A served model must answer each row by itself, and this one does not: some stage of it filters or reorders rows.");
        }
        Transformer = transformer;
        Version = version;
        LoadedAt = DateTimeOffset.UtcNow;
        var rows = context.Data.LoadFromEnumerable(source);
        var scored = transformer.Transform(rows);
        outputs = context.Data.CreateEnumerable<TOutput>(scored, reuseRowObject: false, ignoreMissingColumns: false);
        Answer = new AnswerWriter<TOutput>(scored.Schema, AnswerColumns());
        var mapper = transformer.GetRowToRowMapper(rows.Schema);
        var answers = mapper.OutputSchema.Where(column => !column.IsHidden && Answer.Names.Contains(column.Name));
        Input = new RowReader<TInput>(mapper.GetDependencies(answers).Select(column => column.Name));
    }

    public ITransformer Transformer { get; }

    /// <summary>1 for the first model, and one more for each that took over.</summary>
    public long Version { get; }

    public DateTimeOffset LoadedAt { get; }

    /// <summary>Reads rows as this model needs them.</summary>
    public RowReader<TInput> Input { get; }

    /// <summary>Writes rows as this model answers them.</summary>
    public AnswerWriter<TOutput> Answer { get; }

    /// <summary>The outputs of the rows, in their order.</summary>
    public TOutput[] Score(IReadOnlyList<TInput> batch)
    {
        source.Rows = batch;
        try
        {
            TOutput[] scored = [.. outputs];
            return scored.Length == batch.Count ? scored
                : throw new InvalidOperationException($"The model made {scored.Length} rows of {batch.Count}.");
        }
        finally
        {
            source.Rows = [];
        }
    }

    /// <summary>The columns that only the output has: what it shares with the input was not computed by the model.</summary>
    private static string[] AnswerColumns()
    {
        var given = SchemaDefinition.Create(typeof(TInput)).Select(column => column.ColumnName).ToHashSet();
        string[] answers = [.. SchemaDefinition.Create(typeof(TOutput), SchemaDefinition.Direction.Write).Select(column => column.ColumnName).Where(name => !given.Contains(name))];
        return answers.Length > 0 ? answers
            : throw new InvalidOperationException($"{typeof(TOutput)} has no column that {typeof(TInput)} lacks, so there is nothing to answer.");
    }
}
