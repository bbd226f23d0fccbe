using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Turns vectors of token ids back into text.</summary>
public sealed class TokenDecodingEstimator : IEstimator<TokenDecodingTransformer>
{
    private readonly TokenDecodingColumns columns;
    private readonly string tokenizerPath;

    internal TokenDecodingEstimator(TokenDecodingColumns columns, string tokenizerPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(tokenizerPath);
        this.columns = columns;
        this.tokenizerPath = tokenizerPath;
    }

    /// <summary>Opens the tokenizer; nothing is learnt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column of ids is missing or of another type.</exception>
    /// <exception cref="IOException">The tokenizer's file is missing or broken.</exception>
    public TokenDecodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        columns.Input.In(input.Schema);
        return new TokenDecodingTransformer(columns, TokenizerSource.Open(tokenizerPath));
    }

    /// <summary>The input's columns and, after them, the text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column of ids is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        columns.Input.In(inputSchema);
        return StagePromise.Of(inputSchema, [columns.Output]);
    }
}

/// <summary>The columns of a decoding stage, and whether special tokens show in its text.</summary>
internal sealed record TokenDecodingColumns(string OutputName, string InputName, bool SkipSpecialTokens)
{
    public InputColumn Input => new(InputName, ColumnShape.Int64Vector) { MayVary = true };

    public OutputColumn Output => new(OutputName, TextDataViewType.Instance, DataViewSchema.Annotations.Empty);
}
