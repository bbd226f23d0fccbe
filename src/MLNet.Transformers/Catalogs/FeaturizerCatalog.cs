using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Featurizers, on <c>mlContext.Transforms.Text</c>.</summary>
public static class FeaturizerCatalog
{
    /// <summary>Makes each text a vector with a transformer's encoder; any trainer of ML.NET takes it as <c>Features</c>.</summary>
    /// <remarks>
    /// Trainers read their input several times, and each time texts go through the model again: put
    /// <c>AppendCacheCheckpoint(mlContext)</c> after this stage.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, a vector of <see cref="float"/> of a known size.</param>
    /// <param name="inputColumnName">The text; null for a column of the output's name, which the vectors then hide.</param>
    /// <param name="pretrainedFolder">A Hugging Face or sentence-transformers folder.</param>
    /// <param name="pooling">How the tokens' states become one vector; null for what the folder says, and where it says nothing their mean.</param>
    /// <param name="normalizes">Whether vectors are scaled to a Euclidean norm of 1; null for what the folder says, and where it says nothing not.</param>
    /// <param name="maxLength">The longest text in tokens; null for what the folder says.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(mlContext.Transforms.Text.FeaturizeTextWithTransformer("Features", "Text", "models/all-MiniLM-L6-v2"))
    ///     .AppendCacheCheckpoint(mlContext)
    ///     .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    /// </code></example>
    public static TransformerFeaturizingEstimator FeaturizeTextWithTransformer(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName,
        string pretrainedFolder,
        Pooling? pooling = null,
        bool? normalizes = null,
        int? maxLength = null) => catalog.FeaturizeTextWithTransformer(new FeaturizingOptions
        {
            OutputColumnName = outputColumnName,
            TextColumnName = inputColumnName ?? outputColumnName,
            PretrainedFolder = pretrainedFolder,
            Poolings = pooling is { } one ? [one] : null,
            Normalizes = normalizes,
            MaxLength = maxLength,
        });

    /// <summary>Makes each text a vector with the encoder of a model that was trained in this process.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output, a vector of <see cref="float"/> of a known size.</param>
    /// <param name="inputColumnName">The text; null for a column of the output's name, which the vectors then hide.</param>
    /// <param name="model">The trained model; fitting copies its encoder and its tokenizer.</param>
    /// <param name="pooling">How the tokens' states become one vector; null for what the model was trained with where it makes vectors, otherwise their mean.</param>
    /// <param name="normalizes">Whether vectors are scaled to a Euclidean norm of 1.</param>
    /// <param name="maxLength">The longest text in tokens; null for what the model was trained with.</param>
    public static TransformerFeaturizingEstimator FeaturizeTextWithTransformer(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName,
        FineTunedTransformer model,
        Pooling? pooling = null,
        bool? normalizes = null,
        int? maxLength = null) => catalog.FeaturizeTextWithTransformer(new FeaturizingOptions
        {
            OutputColumnName = outputColumnName,
            TextColumnName = inputColumnName ?? outputColumnName,
            Model = model,
            Poolings = pooling is { } one ? [one] : null,
            Normalizes = normalizes,
            MaxLength = maxLength,
        });

    /// <inheritdoc cref="FeaturizeTextWithTransformer(TransformsCatalog.TextTransforms, string, string?, string, Pooling?, bool?, int?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, pooling, length, further outputs.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static TransformerFeaturizingEstimator FeaturizeTextWithTransformer(this TransformsCatalog.TextTransforms catalog, FeaturizingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TransformerFeaturizingEstimator(catalog.GetEnvironment(), options);
    }
}
