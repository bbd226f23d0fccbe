using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="TextClassification"/>.</summary>
internal sealed record TextClassificationColumns(string LabelName, string TextName, string? PairName, string ScoreName, string PredictedLabelName)
{
    public InputColumn Label => new(LabelName, ColumnShape.Key, TrainingOnly: true);

    public InputColumn Text => new(TextName, ColumnShape.Text);

    public InputColumn? Pair => PairName is null ? null : new(PairName, ColumnShape.Text);
}

/// <summary>One of several classes for a text, or for a pair of texts.</summary>
internal sealed class TextClassification(
    TextClassificationColumns columns, ClassLabels labels, TextClassificationOptions? options = null, FewShotLearning? fewShot = null)
    : TextTask<TokenSequence, LabeledSequence, float[]>
{
    public const string TaskName = "text-classification";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } =
        columns.Pair is { } pair ? [columns.Text, pair, columns.Label] : [columns.Text, columns.Label];

    public override IReadOnlyList<OutputColumn> Outputs { get; } =
        [labels.PredictedLabel(columns.PredictedLabelName), labels.Score(columns.ScoreName)];

    public override bool HasPairs => columns.Pair is not null;

    public override TextConfig Configure(TextConfig config) => config with
    {
        LabelNames = labels.Names,
        ClassifierPooling = fewShot is null ? config.ClassifierPooling : FewShotLearning.Pooling,
    };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => SequenceClassification.Of(config, backbone);

    public override Func<TokenSequence> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var (text, pair) = TextReaders(row);
        return () => model.Encode(text(), pair?.Invoke());
    }

    public override int LengthOf(TokenSequence row) => row.Length;

    public override Func<IReadOnlyList<LabeledSequence>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var (text, pair) = TextReaders(row);
        var readLabel = labels.LearningReader(row, columns.Label.In(row.Schema));
        return () =>
        {
            var label = readLabel();
            var written = text();
            if (string.IsNullOrWhiteSpace(written))
                throw new ArgumentException($"Row {row.Position} has no text in '{columns.TextName}'.");
            return [new LabeledSequence(model.Encode(written, pair?.Invoke()), label)];
        };
    }

    public override TrainingTask<LabeledSequence> Learn(TextTaskModel model, TextFineTuningOptions training) => new SequenceClassificationTask(model.Network)
    {
        LabelSmoothing = options?.LabelSmoothing ?? (training.IsFromScratch && options?.FocalGamma is null ? 0.1 : 0),
        FocalGamma = options?.FocalGamma ?? 0,
        ClassWeights = options?.ClassWeights,
        TokenDropout = model.HideTokens(training.TokenDropout ?? (training.IsFromScratch ? 0.1 : 0)),
        Device = model.Device,
    };

    protected override IFineTuningRun CreateRun(TextTaskModel model, FineTuningExamples<LabeledSequence> examples, TextFineTuningOptions training, int seed) => fewShot is null
        ? base.CreateRun(model, examples, training, seed)
        : new FewShotRun(model, examples, fewShot, training, seed);

    /// <summary>One probability a class for each row.</summary>
    public override float[][] Predict(TextTaskModel model, IReadOnlyList<TokenSequence> rows) =>
        [.. model.Score(rows, scores => scores.softmax(1)).Chunk(labels.Count)];

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) =>
        column.Name == columns.ScoreName ? VectorGetter.Of<float>(current) : ClassLabels.LikeliestGetter(current);

    public override void CheckTraining(IReadOnlyList<LabeledSequence> examples) =>
        labels.RequireSeveral([.. examples.Select(example => example.Label)], columns.LabelName);

    public override void CheckValidation(DataViewSchema schema) => labels.RequireSame(columns.Label.In(schema));

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["label_column"] = columns.LabelName,
        ["text_column"] = columns.TextName,
        ["text_pair_column"] = columns.PairName,
        ["score_column"] = columns.ScoreName,
        ["predicted_label_column"] = columns.PredictedLabelName,
        ["labels"] = labels.ToJson(),
    };

    public static new TextClassification FromJson(JsonNode json) => new(
        new((string)json["label_column"]!, (string)json["text_column"]!, (string?)json["text_pair_column"], (string)json["score_column"]!, (string)json["predicted_label_column"]!),
        ClassLabels.FromJson(json["labels"]!));

    private (Func<string> Text, Func<string>? Pair) TextReaders(DataViewRow row) =>
        (TextColumns.Reader(row, columns.Text.In(row.Schema)), columns.Pair is { } pair ? TextColumns.Reader(row, pair.In(row.Schema)) : null);
}
