namespace MLNet.Transformers.Pipeline;

/// <summary>The columns of one stage over one input schema: its inputs checked, its outputs appended.</summary>
internal sealed class ColumnBindings
{
    private readonly DataViewSchema.Column[] inputs;
    private readonly IReadOnlyList<OutputColumn> outputs;

    public ColumnBindings(IEnumerable<InputColumn> inputs, IReadOnlyList<OutputColumn> outputs, DataViewSchema schema)
    {
        this.inputs = [.. inputs.Where(column => !column.TrainingOnly).Select(column => column.In(schema))];
        this.outputs = outputs;
        InputSchema = schema;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(schema);
        foreach (var column in outputs)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The columns that the outputs are computed from.</summary>
    public IReadOnlyList<DataViewSchema.Column> Inputs => inputs;

    /// <summary>The output that this column of <see cref="OutputSchema"/> is, or null where it is passed through.</summary>
    public OutputColumn? OutputAt(int index) => index < InputSchema.Count ? null : outputs[index - InputSchema.Count];

    /// <summary>Which columns of <see cref="OutputSchema"/> are wanted.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> wanted)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in wanted)
        {
            active[column.Index] = true;
        }
        return active;
    }

    public bool AnyOutput(bool[] active) => active.AsSpan(InputSchema.Count).Contains(true);

    /// <summary>The wanted columns that the stage computes.</summary>
    public IReadOnlyList<OutputColumn> WantedOutputs(bool[] active) => [.. outputs.Where((_, index) => active[InputSchema.Count + index])];

    /// <summary>The wanted columns that are passed through.</summary>
    public IEnumerable<DataViewSchema.Column> PassedThrough(bool[] active) => InputSchema.Where(column => active[column.Index]);

    /// <summary>All input columns that the wanted ones need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(bool[] active) =>
        AnyOutput(active) ? PassedThrough(active).Union(inputs) : PassedThrough(active);
}
