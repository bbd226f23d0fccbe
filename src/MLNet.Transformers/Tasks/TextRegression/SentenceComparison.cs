using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tasks;

/// <summary>How alike two sentences are, by the cosine of their vectors: <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT</see>, section 3.</summary>
internal sealed class SentenceComparison(SentenceComparisonColumns columns) : TextTask<SentencePair, SentencePair, float>
{
    public const string TaskName = "sentence-comparison";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.First, columns.Second, columns.Label];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [TextRegression.ScoreColumn(columns.ScoreName)];

    public override bool HasPairs => false;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = null, ProblemType = null };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => new SentenceEmbedding(new SentenceEmbeddingConfig(), config);

    public override Func<SentencePair> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var (first, second) = (TextColumns.Reader(row, columns.First.In(row.Schema)), TextColumns.Reader(row, columns.Second.In(row.Schema)));
        return () => new SentencePair(model.Encode(first(), null), model.Encode(second(), null), Similarity: 0);
    }

    public override int LengthOf(SentencePair row) => row.First.Length + row.Second.Length;

    public override Func<IReadOnlyList<SentencePair>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var (first, second) = (TextColumns.LearningReader(row, columns.First.In(row.Schema)), TextColumns.LearningReader(row, columns.Second.In(row.Schema)));
        var getter = row.GetGetter<float>(columns.Label.In(row.Schema));
        return () =>
        {
            float label = 0;
            getter(ref label);
            if (!(label >= columns.Minimum && label <= columns.Maximum))
                throw new ArgumentException($"Row {row.Position} is out of range: '{columns.LabelName}' is {label}, not within {columns.Minimum} to {columns.Maximum}.");
            return [new SentencePair(model.Encode(first(), null), model.Encode(second(), null), columns.CosineOf(label))];
        };
    }

    public override TrainingTask<SentencePair> Learn(TextTaskModel model, TextFineTuningOptions training) => new SentenceSimilarityTask(model.Network, model.Network.Config.PaddingId)
    {
        Comparison = SimilarityLoss.SquaredError,
        TokenDropout = model.HideTokens(training.TokenDropout ?? 0),
        Device = model.Device,
    };

    public override float[] Predict(TextTaskModel model, IReadOnlyList<SentencePair> rows)
    {
        var cosines = model.Score([.. rows.Select(row => row.First), .. rows.Select(row => row.Second)], vectors =>
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var sides = functional.normalize(vectors).chunk(2);
            return sides[0].mul(sides[1]).sum(1).MoveToOuterDisposeScope();
        });
        return Array.ConvertAll(cosines, columns.ScoreOf);
    }

    public override Delegate CreateGetter(OutputColumn column, Func<float> current) => (ValueGetter<float>)((ref float target) => target = current());

    /// <summary>The folder of sentence-transformers.</summary>
    public override void SavePretrained(TextTaskModel model, string folder) =>
        SentenceEmbeddingFolder.Save(model.Network, new SentenceTextSettings { MaxLength = model.Tokenizer.Pipeline.Truncation?.MaxLength }, folder);

    public override JsonObject ToJson()
    {
        var json = columns.ToJson();
        json["name"] = Name;
        return json;
    }

    public static new SentenceComparison FromJson(JsonNode json) => new(SentenceComparisonColumns.FromJson(json));
}
