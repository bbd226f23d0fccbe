using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>Looks the vectors of token ids up in a table.</summary>
public sealed class TokenEmbeddingEstimator : IEstimator<TokenEmbeddingTransformer>
{
    private readonly string outputName;
    private readonly string inputName;
    private readonly Func<VectorTable> open;
    private readonly int size;

    internal TokenEmbeddingEstimator(string outputName, string? inputName, string pretrainedFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputName);
        ArgumentNullException.ThrowIfNull(pretrainedFolder);
        this.outputName = outputName;
        this.inputName = inputName ?? outputName;
        open = () =>
        {
            using var vectors = PretrainedFolder.Open(pretrainedFolder).LoadTokenVectors();
            return VectorTable.Of(vectors, pretrainedFolder);
        };
        size = 1;
    }

    internal TokenEmbeddingEstimator(string outputName, string? inputName, IReadOnlyList<float> table, int size)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputName);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (table.Count == 0 || table.Count % size != 0)
            throw new ArgumentException($"The {table.Count} numbers of the table do not divide into vectors of {size}.", nameof(table));
        this.outputName = outputName;
        this.inputName = inputName ?? outputName;
        open = () => new VectorTable([.. table], size);
        this.size = size;
    }

    /// <summary>Opens the table; no row is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    public TokenEmbeddingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var length = SequenceColumn.LengthOf(TokenEmbeddingTransformer.Input(inputName).In(input.Schema));
        return new TokenEmbeddingTransformer(inputName, outputName, length, open());
    }

    /// <summary>The input's columns and, after them, the vectors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var length = SequenceColumn.PromisedLength(TokenEmbeddingTransformer.Input(inputName).In(inputSchema));
        return StagePromise.Of(inputSchema, [SequenceColumn.Output(outputName, length, size)]);
    }
}
