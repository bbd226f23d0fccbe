namespace Microsoft.ML.Transforms;

/// <summary>Replaces missing values by zero or by a statistic of the values that are there.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHost _host;
    private readonly MissingValueColumn[] _columns;

    internal MissingValueReplacingEstimator(IHostEnvironment environment, params MissingValueColumn[] columns)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(MissingValueReplacingEstimator));
        _columns = columns;
    }

    /// <summary>What replaces a missing value.</summary>
    public enum ReplacementMode : byte
    {
        /// <summary>Zero.</summary>
        DefaultValue = 0,

        /// <summary>The mean of the finite values.</summary>
        Mean = 1,

        /// <summary>The smallest value.</summary>
        Minimum = 2,

        /// <summary>The largest value.</summary>
        Maximum = 3,

        /// <summary>The most frequent finite value, and of several the one that reached its count first.</summary>
        Mode = 5,
    }

    /// <summary>Computes the replacements.</summary>
    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        DataViewSchema.Column[] sources = [.. _columns.Select(column => input.Schema.Input(_host, column.InputColumnName, parameter: nameof(input)))];
        foreach (var source in sources)
        {
            if (MissingValueColumn.Refusal(source.Type.GetItemType()) is { } reason)
                throw _host.ExceptParam("inputSchema", reason);
        }
        ReplacementStatistic[] statistics = [.. _columns.Zip(sources, (column, source) =>
            ReplacementStatistic.Create(column.Mode, column.BySlot ? source.Type.GetVectorSize() : 0))];
        if (_columns.Any(column => column.Mode != ReplacementMode.DefaultValue))
            ReplacementStatistic.Collect(input, sources, statistics);
        return new(_host, [.. _columns.Zip(statistics, (column, statistic) => (column.OutputColumnName, column.InputColumnName, statistic.Replacements()))]);
    }

    /// <summary>The schema with columns of the same types.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(column =>
        {
            var input = inputSchema.Input(_host, column.InputColumnName);
            if (MissingValueColumn.Refusal(input.ItemType) is { } reason)
                throw _host.ExceptParam(nameof(inputSchema), reason);
            var annotations = input.Annotations.Where(annotation => annotation.Name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return new SchemaShape.Column(column.OutputColumnName, input.Kind, input.ItemType, false, new SchemaShape(annotations));
        }));
    }
}
