namespace MLNet.Transformers;

/// <summary>Tokenizers, on <c>mlContext.Transforms.Text</c>.</summary>
public static class TokenizerCatalog
{
    /// <summary>Turns texts into what a transformer takes: token ids, type ids and attention mask, all vectors of <see cref="long"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output with the token ids; <c>TypeIds</c> and <c>AttentionMask</c> come beside it.</param>
    /// <param name="inputColumnName">The text; null for a column of the output's name, which the ids then hide.</param>
    /// <param name="tokenizerPath">A Hugging Face folder, or a <c>tokenizer.json</c>.</param>
    /// <param name="maxLength">The longest output in tokens; null for what the tokenizer's own file says.</param>
    /// <example><code>
    /// mlContext.Transforms.Text.TokenizeForTransformer("TokenIds", "Text", "models/bert-base-uncased", maxLength: 128)
    /// </code></example>
    public static TransformerTokenizingEstimator TokenizeForTransformer(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName,
        string tokenizerPath,
        int? maxLength = null) => catalog.TokenizeForTransformer(new TokenizingOptions
        {
            TokenIdsColumnName = outputColumnName,
            TextColumnName = inputColumnName ?? outputColumnName,
            TokenizerPath = tokenizerPath,
            MaxLength = maxLength,
        });

    /// <inheritdoc cref="TokenizeForTransformer(TransformsCatalog.TextTransforms, string, string?, string, int?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, tokenizer or trainer, length.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static TransformerTokenizingEstimator TokenizeForTransformer(this TransformsCatalog.TextTransforms catalog, TokenizingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TransformerTokenizingEstimator(options);
    }

    /// <summary>Turns a vector of token ids back into text.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the text column.</param>
    /// <param name="inputColumnName">The ids, a vector of <see cref="long"/>; null for a column of the output's name, which the text then hides.</param>
    /// <param name="tokenizerPath">A Hugging Face folder, or a <c>tokenizer.json</c>.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out of the text.</param>
    /// <example><code>
    /// mlContext.Transforms.Text.DecodeTokens("Text", "TokenIds", "models/bert-base-uncased")
    /// </code></example>
    public static TokenDecodingEstimator DecodeTokens(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName,
        string tokenizerPath,
        bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TokenDecodingEstimator(new TokenDecodingColumns(outputColumnName, inputColumnName ?? outputColumnName, skipSpecialTokens), tokenizerPath);
    }
}
