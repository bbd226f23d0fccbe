namespace MLNet.Transformers;

/// <summary>Published models, applied as they are.</summary>
public static class PretrainedTaskCatalog
{
    /// <summary>Tags the words of texts, and finds the names in them, with a published model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a model for token classification, whose config names the tags.</param>
    /// <param name="textColumnName">The text; or its words, a vector of text.</param>
    /// <param name="aggregation">How the answers to a word's tokens become the word's.</param>
    /// <remarks>The outputs are those of <see cref="TokenClassificationOptions"/>: PredictedLabel, Score, WordStarts, EntityTypes, EntityTexts and so on.</remarks>
    /// <example><code>
    /// var model = mlContext.TokenClassification.TagWords("models/bert-base-NER").Fit(texts);
    /// </code></example>
    public static PretrainedTaskEstimator TagWords(
        this TokenClassificationCatalog catalog, string pretrainedFolder, string textColumnName = "Text", AggregationStrategy aggregation = AggregationStrategy.First) =>
        catalog.TagWords(new TokenClassificationOptions { PretrainedFolder = pretrainedFolder, TextColumnName = textColumnName, Aggregation = aggregation });

    /// <inheritdoc cref="TagWords(TokenClassificationCatalog, string, string, AggregationStrategy)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder, columns, windows; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedTaskEstimator TagWords(this TokenClassificationCatalog catalog, TokenClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedTaskEstimator(catalog.Trainers.Context, options);
    }

    /// <summary>Answers questions by spans of texts with a published model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a model for question answering.</param>
    /// <param name="questionColumnName">The question.</param>
    /// <param name="contextColumnName">The text that has the answer.</param>
    /// <param name="topK">How many of the best answers are given.</param>
    /// <remarks>The outputs are those of <see cref="QuestionAnsweringOptions"/>: PredictedAnswer, PredictedAnswerStart, Score, TopAnswers and so on.</remarks>
    public static PretrainedTaskEstimator AnswerQuestions(
        this QuestionAnsweringCatalog catalog, string pretrainedFolder, string questionColumnName = "Question", string contextColumnName = "Context", int topK = 3) =>
        catalog.AnswerQuestions(new QuestionAnsweringOptions
        {
            PretrainedFolder = pretrainedFolder,
            QuestionColumnName = questionColumnName,
            ContextColumnName = contextColumnName,
            TopK = topK,
        });

    /// <inheritdoc cref="AnswerQuestions(QuestionAnsweringCatalog, string, string, string, int)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder, columns, windows, answers; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedTaskEstimator AnswerQuestions(this QuestionAnsweringCatalog catalog, QuestionAnsweringOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedTaskEstimator(catalog.Trainers.Context, options);
    }

    /// <summary>Classifies texts, or pairs of texts, with a published model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a model for text classification, whose config names the classes.</param>
    /// <param name="textColumnName">The text.</param>
    /// <param name="textPairColumnName">A second text, read after the first; null for none.</param>
    /// <remarks>The outputs are those of <see cref="TextClassificationOptions"/>: PredictedLabel and Score.</remarks>
    public static PretrainedTaskEstimator ClassifyText(
        this MulticlassClassificationCatalog catalog, string pretrainedFolder, string textColumnName = "Text", string? textPairColumnName = null) =>
        catalog.ClassifyText(new TextClassificationOptions { PretrainedFolder = pretrainedFolder, TextColumnName = textColumnName, TextPairColumnName = textPairColumnName });

    /// <inheritdoc cref="ClassifyText(MulticlassClassificationCatalog, string, string, string?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder and the columns; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedTaskEstimator ClassifyText(this MulticlassClassificationCatalog catalog, TextClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedTaskEstimator(catalog.GetEnvironment(), options);
    }

    /// <summary>Says of each of several labels whether it holds for a text, or for a pair of texts, with a published model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a model for multi-label classification, whose config names the labels.</param>
    /// <param name="textColumnName">The text.</param>
    /// <param name="textPairColumnName">A second text, read after the first; null for none.</param>
    /// <remarks>The outputs are those of <see cref="MultiLabelClassificationOptions"/>: PredictedLabel and Score.</remarks>
    public static PretrainedTaskEstimator ClassifyText(
        this MultiLabelClassificationCatalog catalog, string pretrainedFolder, string textColumnName = "Text", string? textPairColumnName = null) =>
        catalog.ClassifyText(new MultiLabelClassificationOptions { PretrainedFolder = pretrainedFolder, TextColumnName = textColumnName, TextPairColumnName = textPairColumnName });

    /// <inheritdoc cref="ClassifyText(MultiLabelClassificationCatalog, string, string, string?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder, the columns, the threshold; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedTaskEstimator ClassifyText(this MultiLabelClassificationCatalog catalog, MultiLabelClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedTaskEstimator(catalog.Trainers.Context, options);
    }

    /// <summary>Gives texts, or pairs of texts, a number with a published model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a model of one score a text, such as one that reads two sentences and says how alike they are.</param>
    /// <param name="textColumnName">The text.</param>
    /// <param name="textPairColumnName">A second text, read after the first; null for none.</param>
    /// <remarks>The output is that of <see cref="TextRegressionOptions"/>, Score: what the model gives, in its own unit.</remarks>
    public static PretrainedTaskEstimator ScoreText(
        this RegressionCatalog catalog, string pretrainedFolder, string textColumnName = "Text", string? textPairColumnName = null) =>
        catalog.ScoreText(new TextRegressionOptions { PretrainedFolder = pretrainedFolder, TextColumnName = textColumnName, TextPairColumnName = textPairColumnName });

    /// <inheritdoc cref="ScoreText(RegressionCatalog, string, string, string?)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder, the columns, the range; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedTaskEstimator ScoreText(this RegressionCatalog catalog, TextRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedTaskEstimator(catalog.GetEnvironment(), options);
    }

    /// <summary>Fills in the masks of texts with a published masked language model; nothing is learnt.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pretrainedFolder">A Hugging Face folder with a masked language model.</param>
    /// <param name="textColumnName">The text, with the tokenizer's mask token, such as <c>[MASK]</c>, wherever a token is wanted.</param>
    /// <param name="topTokens">How many tokens are offered for each mask.</param>
    /// <remarks>
    /// The outputs are those of <see cref="MaskedLanguageModelOptions"/>: Tokens, Scores and FilledText. Masks beyond the length that
    /// the model takes are cut off with the rest of the text. Without a mask both vectors are empty.
    /// </remarks>
    /// <example><code>
    /// var model = mlContext.LanguageModeling.FillMask("models/bert-base-uncased").Fit(texts);
    /// </code></example>
    public static PretrainedTaskEstimator FillMask(
        this LanguageModelingCatalog catalog, string pretrainedFolder, string textColumnName = "Text", int topTokens = 5) =>
        catalog.FillMask(new MaskedLanguageModelOptions { PretrainedFolder = pretrainedFolder, TextColumnName = textColumnName, TopTokens = topTokens });

    /// <inheritdoc cref="FillMask(LanguageModelingCatalog, string, string, int)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The folder and the columns; what is about training plays no part.</param>
    /// <exception cref="ArgumentException">No folder is named, or an option has a value that cannot be.</exception>
    public static PretrainedTaskEstimator FillMask(this LanguageModelingCatalog catalog, MaskedLanguageModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PretrainedTaskEstimator(catalog.Trainers.Context, options);
    }
}
