using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>Turns texts into the token ids, type ids and attention masks that a transformer takes.</summary>
public sealed class TransformerTokenizingEstimator : IEstimator<TransformerTokenizingTransformer>
{
    private readonly TokenizingOptions options;

    internal TransformerTokenizingEstimator(TokenizingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        this.options = options;
    }

    /// <summary>Opens the tokenizer, or learns it from the input's texts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A text column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">A tokenizer is to be learnt and there is no text.</exception>
    /// <exception cref="IOException">The tokenizer's file is missing or broken.</exception>
    public TransformerTokenizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var column in options.Inputs)
            column.In(input.Schema);
        var tokenizer = options.TokenizerPath is { } path
            ? TokenizerSource.Open(path)
            : options.Trainer!.Train(TextColumns.Read(input, options.Inputs));
        return new TransformerTokenizingTransformer(options, options.Apply(tokenizer));
    }

    /// <summary>The input's columns and, after them, ids, type ids and mask.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A text column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var column in options.Inputs)
            column.In(inputSchema);
        return StagePromise.Of(inputSchema, options.Outputs);
    }
}
