using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="MultiLabelClassification"/>, and the probability from which on a label is said to hold.</summary>
internal sealed record MultiLabelClassificationColumns(TextInput Texts, string LabelName, string ScoreName, string PredictedLabelName, float Threshold)
{
    public InputColumn Label => LabelSet.Column(LabelName);
}

/// <summary>Any number of labels for a text, or for a pair of texts.</summary>
internal sealed class MultiLabelClassification(
    MultiLabelClassificationColumns columns, LabelSet labels, IReadOnlyList<float>? positiveWeights = null)
    : TextTask<TokenSequence, MultiLabeledSequence, float[]>
{
    public const string TaskName = "multi-label-classification";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [.. columns.Texts.Columns, columns.Label];

    public override IReadOnlyList<OutputColumn> Outputs { get; } =
        [labels.PredictedLabel(columns.PredictedLabelName), labels.Score(columns.ScoreName)];

    public override bool HasPairs => columns.Texts.PairName is not null;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = labels.Names, ProblemType = "multi_label_classification" };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => SequenceClassification.Of(config, backbone);

    public override Func<TokenSequence> CreateReader(DataViewRow row, TextTaskModel model) => columns.Texts.Reader(row, model);

    public override int LengthOf(TokenSequence row) => row.Length;

    public override Func<IReadOnlyList<MultiLabeledSequence>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var texts = columns.Texts.LearningReader(row, model);
        var label = labels.Reader(row, columns.Label.In(row.Schema));
        return () => [new MultiLabeledSequence(texts(), label())];
    }

    public override void CheckTraining(IReadOnlyList<MultiLabeledSequence> examples)
    {
        if (examples.All(example => !example.Labels.Contains(1)))
            throw new ArgumentException($"No row of the training set has a label in '{columns.LabelName}': there is nothing to learn.");
    }

    public override void CheckValidation(DataViewSchema schema)
    {
        if (!LabelSet.From(columns.Label.In(schema)).Names.SequenceEqual(labels.Names))
            throw new ArgumentException($"'{columns.LabelName}' has other labels in the validation set than in the training set.");
    }

    public override TrainingTask<MultiLabeledSequence> Learn(TextTaskModel model, TextFineTuningOptions training) => new MultiLabelClassificationTask(model.Network)
    {
        PositiveWeights = positiveWeights,
        TokenDropout = model.HideTokens(training.TokenDropout ?? (training.IsFromScratch ? 0.1 : 0)),
        Device = model.Device,
    };

    /// <summary>One probability a label for each row.</summary>
    public override float[][] Predict(TextTaskModel model, IReadOnlyList<TokenSequence> rows) =>
        [.. model.Score(rows, scores => scores.sigmoid()).Chunk(labels.Names.Count)];

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) => column.Name == columns.ScoreName
        ? VectorGetter.Of(current)
        : VectorGetter.Of(() => Array.ConvertAll(current(), probability => probability >= columns.Threshold));

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["label_column"] = columns.LabelName,
        ["text_column"] = columns.Texts.TextName,
        ["text_pair_column"] = columns.Texts.PairName,
        ["score_column"] = columns.ScoreName,
        ["predicted_label_column"] = columns.PredictedLabelName,
        ["threshold"] = columns.Threshold,
        ["labels"] = new JsonArray([.. labels.Names.Select(name => (JsonNode)name)]),
    };

    public static new MultiLabelClassification FromJson(JsonNode json) => new(
        new(
            new((string)json["text_column"]!, (string?)json["text_pair_column"]),
            (string)json["label_column"]!,
            (string)json["score_column"]!,
            (string)json["predicted_label_column"]!,
            (float)json["threshold"]!),
        new([.. json["labels"]!.AsArray().Select(name => (string)name!)]));
}
