using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="ContrastiveEmbedding{TExample}"/>; only the first text is read to make a vector.</summary>
internal sealed record ContrastiveColumns(string TextName, string PartnerName, string? NegativeName, string? SimilarityName, string EmbeddingName)
{
    public InputColumn Text => new(TextName, ColumnShape.Text);

    public InputColumn Partner => new(PartnerName, ColumnShape.Text, TrainingOnly: true);

    public InputColumn? Negative => NegativeName is null ? null : new(NegativeName, ColumnShape.Text, TrainingOnly: true);

    public InputColumn? Similarity => SimilarityName is null ? null : new(SimilarityName, ColumnShape.Single, TrainingOnly: true);

    public IReadOnlyList<InputColumn> Inputs => [.. new[] { Text, Partner, Negative, Similarity }.OfType<InputColumn>()];

    /// <summary>Reads a text as the model takes it, to learn from it.</summary>
    public static Func<Models.TokenSequence> Reader(InputColumn column, DataViewRow row, TextTaskModel model)
    {
        var read = TextColumns.LearningReader(row, column.In(row.Schema));
        return () => model.Encode(read(), null);
    }
}
