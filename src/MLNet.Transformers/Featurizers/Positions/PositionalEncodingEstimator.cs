using Microsoft.ML.Runtime;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>Tells the vectors of sequences their positions.</summary>
public sealed class PositionalEncodingEstimator : IEstimator<PositionalEncodingTransformer>
{
    private readonly IHost host;
    private readonly PositionalEncodingOptions options;

    internal PositionalEncodingEstimator(IHostEnvironment environment, PositionalEncodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(PositionalEncodingEstimator));
        this.options = options;
    }

    /// <summary>Makes or opens the table; no row is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The column's size does not divide into vectors, or it is longer than the table.</exception>
    /// <exception cref="IOException">The table's file is missing or broken.</exception>
    public PositionalEncodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var column = options.Input.In(input.Schema);
        int? length = null;
        if (SequenceColumn.LengthOf(column) is { } numbers)
        {
            if (numbers % options.Size != 0)
                throw new ArgumentException($"The {numbers} numbers of the column '{column.Name}' do not divide into vectors of {options.Size}.");
            length = numbers / options.Size;
        }
        var encoding = PositionalEncoding.Of(options, length, host.Rand.Next);
        if (length > encoding.Table.Count)
            throw new ArgumentException($"The column '{column.Name}' has {length} positions; the encoding has {encoding.Table.Count}.");
        return new PositionalEncodingTransformer(options.Input.Name, options.OutputColumnName, length, encoding);
    }

    /// <summary>The input's columns and, after them, the output.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var length = SequenceColumn.PromisedLength(options.Input.In(inputSchema));
        return StagePromise.Of(inputSchema, [SequenceColumn.Output(options.OutputColumnName, length, options.Size)]);
    }
}
