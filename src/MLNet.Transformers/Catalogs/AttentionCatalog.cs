using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>What transformers look at, on <c>mlContext.Transforms.Text</c> and <c>mlContext.Transforms</c>.</summary>
public static class AttentionCatalog
{
    /// <summary>Extracts from each text the attention weights of a transformer: how much each token looks at each other, in every layer and head.</summary>
    /// <remarks>
    /// The output is a vector of (layers × heads × tokens × tokens), of which the last two differ from row to row; the tokens come beside
    /// it. Of an encoder-decoder it is the encoder's; <see cref="TextAttentionOptions.Side"/> has the others.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="inputColumnName">The text; null for a column of the output's name, which the weights then hide.</param>
    /// <param name="pretrainedFolder">A Hugging Face or sentence-transformers folder.</param>
    /// <param name="tokensColumnName">The name of an output with the texts of the tokens; null for none.</param>
    /// <param name="rollout">Rolls the layers out to one matrix, (tokens × tokens); null for the weights of every layer and head.</param>
    /// <param name="maxLength">The longest text in tokens; null for what the model and its tokenizer take.</param>
    /// <example><code>
    /// var model = mlContext.Transforms.Text.ExtractAttention("Attention", "Text", "models/bert-base-uncased").Fit(data);
    /// model.MapOf("The cat sat on the mat.").SaveHtml("attention.html");
    /// </code></example>
    public static TextAttentionEstimator ExtractAttention(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName,
        string pretrainedFolder,
        string? tokensColumnName = "Tokens",
        AttentionRollout? rollout = null,
        int? maxLength = null) => catalog.ExtractAttention(new TextAttentionOptions
        {
            OutputColumnName = outputColumnName,
            TextColumnName = inputColumnName ?? outputColumnName,
            PretrainedFolder = pretrainedFolder,
            TokensColumnName = tokensColumnName,
            Rollout = rollout,
            MaxLength = maxLength,
        });

    /// <summary>Extracts from each text the attention weights of a model that was trained or loaded in this process.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="inputColumnName">The text; null for a column of the output's name, which the weights then hide.</param>
    /// <param name="model">The model; the stage shares its weights, and each of the two is disposed by itself.</param>
    /// <param name="tokensColumnName">The name of an output with the texts of the tokens; null for none.</param>
    /// <param name="rollout">Rolls the layers out to one matrix, (tokens × tokens); null for the weights of every layer and head.</param>
    /// <param name="maxLength">The longest text in tokens; null for what the model was trained with.</param>
    public static TextAttentionEstimator ExtractAttention(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName,
        FineTunedTransformer model,
        string? tokensColumnName = "Tokens",
        AttentionRollout? rollout = null,
        int? maxLength = null) => catalog.ExtractAttention(new TextAttentionOptions
        {
            OutputColumnName = outputColumnName,
            TextColumnName = inputColumnName ?? outputColumnName,
            Model = model,
            TokensColumnName = tokensColumnName,
            Rollout = rollout,
            MaxLength = maxLength,
        });

    /// <inheritdoc cref="ExtractAttention(TransformsCatalog.TextTransforms, string, string?, string, string?, AttentionRollout?, int?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, side, rollout.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static TextAttentionEstimator ExtractAttention(this TransformsCatalog.TextTransforms catalog, TextAttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TextAttentionEstimator(catalog.GetEnvironment(), options);
    }

    /// <summary>Extracts from each image the attention weights of a vision transformer: how much each patch looks at each other, in every layer and head.</summary>
    /// <remarks>
    /// The output is a vector of (layers × heads × tokens × tokens); the class token, and others that stand for no patch, come first. Where a
    /// folder holds CLIP, this is its vision tower. Swin looks within windows, and has no such attention.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="inputColumnName">The image: an image, the bytes of an encoded one, or the path of its file; null for a column of the output's name, which the weights then hide.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder.</param>
    /// <param name="rollout">Rolls the layers out to one matrix, (tokens × tokens); null for the weights of every layer and head.</param>
    /// <example><code>
    /// var model = mlContext.Transforms.ExtractAttention("Attention", "Photo", "models/vit-base-patch16-224").Fit(data);
    /// model.MapOf(ImageFile.Read("cat.jpg")).SaveHtml("attention.html");
    /// </code></example>
    public static ImageAttentionEstimator ExtractAttention(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        string pretrainedFolder,
        AttentionRollout? rollout = null) => catalog.ExtractAttention(new ImageAttentionOptions
        {
            OutputColumnName = outputColumnName,
            ImageColumnName = inputColumnName ?? outputColumnName,
            PretrainedFolder = pretrainedFolder,
            Rollout = rollout,
        });

    /// <summary>Extracts from each image the attention weights of a model that was trained or loaded in this process.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="inputColumnName">The image; null for a column of the output's name, which the weights then hide.</param>
    /// <param name="model">The model; the stage shares its weights, and each of the two is disposed by itself.</param>
    /// <param name="rollout">Rolls the layers out to one matrix, (tokens × tokens); null for the weights of every layer and head.</param>
    public static ImageAttentionEstimator ExtractAttention(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        FineTunedImageTransformer model,
        AttentionRollout? rollout = null) => catalog.ExtractAttention(new ImageAttentionOptions
        {
            OutputColumnName = outputColumnName,
            ImageColumnName = inputColumnName ?? outputColumnName,
            Model = model,
            Rollout = rollout,
        });

    /// <inheritdoc cref="ExtractAttention(TransformsCatalog, string, string?, string, AttentionRollout?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Columns, model, preprocessing, rollout.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static ImageAttentionEstimator ExtractAttention(this TransformsCatalog catalog, ImageAttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ImageAttentionEstimator(catalog.GetEnvironment(), options);
    }
}
