using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Sequences of vectors, on <c>mlContext.Transforms</c>.</summary>
public static class SequenceCatalog
{
    /// <summary>Tells the vectors of sequences their positions.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, as many numbers as the input has.</param>
    /// <param name="inputColumnName">Vectors of <paramref name="size"/> numbers one after another; null for a column of the output's name.</param>
    /// <param name="size">Width of the vector of one position.</param>
    /// <param name="kind">How positions are told.</param>
    /// <param name="layout">Which columns go together as sine and cosine, or are turned together.</param>
    /// <param name="maxLength">The greatest number of positions; null for that of a column of a known size, otherwise 512.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <example><code>
    /// mlContext.Transforms.ApplyTokenEmbedding("Vectors", "TokenIds", "models/bert-base-uncased")
    ///     .Append(mlContext.Transforms.ApplyPositionalEncoding("Vectors", null, size: 768))
    /// </code></example>
    public static PositionalEncodingEstimator ApplyPositionalEncoding(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        int size,
        PositionalEncodingKind kind = PositionalEncodingKind.Sinusoidal,
        SinusoidalLayout layout = SinusoidalLayout.Interleaved,
        int? maxLength = null) => catalog.ApplyPositionalEncoding(new PositionalEncodingOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Size = size,
            Kind = kind,
            Layout = layout,
            MaxLength = maxLength,
        });

    /// <inheritdoc cref="ApplyPositionalEncoding(TransformsCatalog, string, string?, int, PositionalEncodingKind, SinusoidalLayout, int?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, kind, and the table of learned vectors.</param>
    public static PositionalEncodingEstimator ApplyPositionalEncoding(this TransformsCatalog catalog, PositionalEncodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PositionalEncodingEstimator(catalog.GetEnvironment(), options);
    }

    /// <summary>Looks the vectors of token ids up in a model's table.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, (tokens × width) numbers.</param>
    /// <param name="inputColumnName">The ids, a vector of <see cref="long"/>; null for a column of the output's name.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder, of whose weights the token vectors alone are read.</param>
    /// <example><code>
    /// mlContext.Transforms.ApplyTokenEmbedding("Vectors", "TokenIds", "models/bert-base-uncased")
    /// </code></example>
    public static TokenEmbeddingEstimator ApplyTokenEmbedding(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string pretrainedFolder)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TokenEmbeddingEstimator(outputColumnName, inputColumnName, pretrainedFolder);
    }

    /// <summary>Looks the vectors of token ids up in a table.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, (tokens × size) numbers.</param>
    /// <param name="inputColumnName">The ids, a vector of <see cref="long"/>; null for a column of the output's name.</param>
    /// <param name="table">The vectors, id by id.</param>
    /// <param name="size">Width of a vector.</param>
    /// <exception cref="ArgumentException">The table does not divide into vectors of that width.</exception>
    public static TokenEmbeddingEstimator ApplyTokenEmbedding(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, IReadOnlyList<float> table, int size)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TokenEmbeddingEstimator(outputColumnName, inputColumnName, table, size);
    }
}
