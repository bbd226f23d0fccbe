using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>A text's vector, learnt from pairs of texts and how alike they are.</summary>
/// <param name="columns">Where they are.</param>
/// <param name="embedding">How tokens' states become a vector.</param>
/// <param name="width">Width of the vector.</param>
/// <param name="loss">How cosines are held against similarities.</param>
/// <param name="minimum">The similarity of texts whose cosine is to be 0.</param>
/// <param name="maximum">That of texts whose cosine is to be 1.</param>
internal sealed class PairEmbedding(
    ContrastiveColumns columns, SentenceEmbeddingConfig embedding, int width, SentenceEmbeddingLoss loss, float minimum, float maximum)
    : ContrastiveEmbedding<SentencePair>(columns, embedding, width)
{
    public override Func<IReadOnlyList<SentencePair>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var text = ContrastiveColumns.Reader(Columns.Text, row, model);
        var partner = ContrastiveColumns.Reader(Columns.Partner, row, model);
        var getter = row.GetGetter<float>(Columns.Similarity!.In(row.Schema));
        return () =>
        {
            float similarity = 0;
            getter(ref similarity);
            if (!(similarity >= minimum && similarity <= maximum))
                throw new ArgumentException($"Row {row.Position} is out of range: '{Columns.SimilarityName}' is {similarity}, not within {minimum} to {maximum}.");
            return [new SentencePair(text(), partner(), (similarity - minimum) / (maximum - minimum))];
        };
    }

    public override TrainingTask<SentencePair> Learn(TextTaskModel model, TextFineTuningOptions options)
    {
        var order = loss as CoSentLoss;
        return new SentenceSimilarityTask(model.Network, model.Network.Config.PaddingId)
        {
            Comparison = order is null ? SimilarityLoss.SquaredError : SimilarityLoss.Order,
            Scale = order?.Scale ?? 1,
            TokenDropout = model.HideTokens(options.TokenDropout ?? 0),
            Device = model.Device,
        };
    }
}
