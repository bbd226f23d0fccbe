using MLNet.Transformers.Evaluation;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Evaluations that ML.NET has none of.</summary>
public static class EvaluationCatalog
{
    /// <summary>Compares predicted tags with the true ones, entity by entity: an entity counts when its words and its type are right.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows of sentences.</param>
    /// <param name="labelColumnName">The true tag of each word, such as <c>B-person</c>: a vector of text, or of keys that stand for texts.</param>
    /// <param name="predictedLabelColumnName">The predicted tag of each word, as many as true ones.</param>
    /// <param name="scheme">How tags spell entities.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">A row has not as many predictions as labels, or a tag that the scheme does not know.</exception>
    /// <remarks>The numbers are those of <see href="https://github.com/chakki-works/seqeval">seqeval</see>, and of the CoNLL-2000 script.</remarks>
    public static TokenClassificationMetrics Evaluate(
        this TokenClassificationCatalog catalog,
        IDataView data,
        string labelColumnName = "Label",
        string predictedLabelColumnName = "PredictedLabel",
        TaggingScheme scheme = TaggingScheme.Iob)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return TokenClassificationMetrics.Of(data, labelColumnName, predictedLabelColumnName, scheme);
    }

    /// <summary>Compares predicted answers with the true ones, as <see href="https://rajpurkar.github.io/SQuAD-explorer/">SQuAD</see> does.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows of questions.</param>
    /// <param name="answerColumnName">The true answer, a text, or all answers that are right, a vector of text; none or an empty one where the text has no answer.</param>
    /// <param name="predictedAnswerColumnName">The predicted answer, a text; empty for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static QuestionAnsweringMetrics Evaluate(
        this QuestionAnsweringCatalog catalog,
        IDataView data,
        string answerColumnName = "Answer",
        string predictedAnswerColumnName = "PredictedAnswer")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return QuestionAnsweringMetrics.Of(data, answerColumnName, predictedAnswerColumnName);
    }

    /// <summary>Compares predicted sets of labels with the true ones.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumnName">The true labels of each row: a vector of Single with 1 for each that holds and 0 for the others, or a vector of the keys of those that hold.</param>
    /// <param name="predictedLabelColumnName">The predicted labels: as the true ones, or a vector of Boolean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There is no row, or the columns have not the same number of labels.</exception>
    public static MultiLabelMetrics Evaluate(
        this MultiLabelClassificationCatalog catalog,
        IDataView data,
        string labelColumnName = "Labels",
        string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return MultiLabelMetrics.Of(data, labelColumnName, predictedLabelColumnName);
    }

    /// <summary>How closely scores follow the true values: Pearson's and Spearman's correlation, as STS-B is judged by.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumnName">The true value, a number.</param>
    /// <param name="scoreColumnName">The predicted one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There are fewer than two rows, or a value is missing.</exception>
    public static CorrelationMetrics EvaluateCorrelation(
        this RegressionCatalog catalog, IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return CorrelationMetrics.Of(data, labelColumnName, scoreColumnName);
    }

    /// <summary>Matthews' correlation of predicted and true classes, of any number: from -1 to 1, and 0 for guesses, however unequal the classes are.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumnName">The true class: a key, a text or a Boolean.</param>
    /// <param name="predictedLabelColumnName">The predicted one, of the same kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There is no row, or a class is missing.</exception>
    /// <remarks>The number that <see href="https://arxiv.org/abs/1805.12471">CoLA</see> is judged by.</remarks>
    public static double EvaluateMatthewsCorrelation(
        this MulticlassClassificationCatalog catalog, IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return MatthewsCorrelation.Of(data, labelColumnName, predictedLabelColumnName);
    }

    /// <inheritdoc cref="EvaluateMatthewsCorrelation(MulticlassClassificationCatalog, IDataView, string, string)"/>
    public static double EvaluateMatthewsCorrelation(
        this BinaryClassificationCatalog catalog, IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return MatthewsCorrelation.Of(data, labelColumnName, predictedLabelColumnName);
    }

    /// <summary>How closely the cosines of pairs of vectors follow how alike the texts are, as STS-B is judged by.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows of pairs.</param>
    /// <param name="similarityColumnName">How alike the texts are, a Single in any unit.</param>
    /// <param name="firstEmbeddingColumnName">The vector of the one text.</param>
    /// <param name="secondEmbeddingColumnName">The vector of the other.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There are fewer than two rows.</exception>
    public static CorrelationMetrics Evaluate(
        this SentenceEmbeddingCatalog catalog,
        IDataView data,
        string similarityColumnName = "Similarity",
        string firstEmbeddingColumnName = "Embedding",
        string secondEmbeddingColumnName = "PartnerEmbedding")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return EmbeddingCosines.Evaluate(data, similarityColumnName, firstEmbeddingColumnName, secondEmbeddingColumnName);
    }

    /// <summary>How well a masked language model guesses: tokens are hidden as in training, the same ones each time.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">What <c>TransformerMaskedLanguageModel</c> has trained, or <c>FillMask</c> opened.</param>
    /// <param name="data">Rows with the model's text column, without masks.</param>
    /// <exception cref="ArgumentException">The model is no masked language model, or the data have no words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The text column is missing or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public static MaskedLanguageModelMetrics Evaluate(this LanguageModelingCatalog catalog, FineTunedTransformer model, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return model.Task is MaskedLanguageModeling task
            ? new MaskedLanguageModelMetrics(task.Evaluate(model.Model, data))
            : throw new ArgumentException($"The model was trained for '{model.Task.Name}', not as a masked language model.", nameof(model));
    }
}
