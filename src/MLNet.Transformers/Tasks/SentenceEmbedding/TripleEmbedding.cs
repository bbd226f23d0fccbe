using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>A text's vector, learnt from texts with partners and perhaps negatives.</summary>
internal sealed class TripleEmbedding(ContrastiveColumns columns, SentenceEmbeddingConfig embedding, int width, SentenceEmbeddingLoss? loss = null)
    : ContrastiveEmbedding<SentenceTriple>(columns, embedding, width)
{
    public override Func<IReadOnlyList<SentenceTriple>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var text = ContrastiveColumns.Reader(Columns.Text, row, model);
        var partner = ContrastiveColumns.Reader(Columns.Partner, row, model);
        var negative = Columns.Negative is { } column ? ContrastiveColumns.Reader(column, row, model) : null;
        return () => [new SentenceTriple(text(), partner(), negative?.Invoke())];
    }

    public override void CheckTraining(IReadOnlyList<SentenceTriple> examples)
    {
        if (examples.Count == 1 && Columns.Negative is null)
            throw new ArgumentException($"The training set has a single row, and no other to tell it from: '{Columns.PartnerName}' needs several, or a column of negatives.");
    }

    public override TrainingTask<SentenceTriple> Learn(TextTaskModel model, TextFineTuningOptions options)
    {
        var (padding, hidden) = (model.Network.Config.PaddingId, model.HideTokens(options.TokenDropout ?? 0));
        return loss switch
        {
            TripletLoss triplet => new TripletTask(model.Network, padding) { Distance = triplet.Distance, Margin = triplet.Margin, TokenDropout = hidden, Device = model.Device },
            MultipleNegativesRankingLoss ranking => new MultipleNegativesRankingTask(model.Network, padding) { Scale = ranking.Scale, TokenDropout = hidden, Device = model.Device },
            _ => throw new InvalidOperationException("A task that was loaded learns no more."),
        };
    }

    public static new TripleEmbedding FromJson(JsonNode json) => new(
        new(
            (string)json["text_column"]!,
            (string)json["partner_column"]!,
            (string?)json["negative_column"],
            (string?)json["similarity_column"],
            (string)json["embedding_column"]!),
        json["embedding"].Deserialize<SentenceEmbeddingConfig>()!,
        (int)json["width"]!);
}
