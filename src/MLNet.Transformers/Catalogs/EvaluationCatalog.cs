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
}
