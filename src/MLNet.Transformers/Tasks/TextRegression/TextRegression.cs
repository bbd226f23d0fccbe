using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="TextRegression"/>, and the range that its numbers are in; null where there is no bound.</summary>
internal sealed record TextRegressionColumns(TextInput Texts, string LabelName, string ScoreName, float? Minimum, float? Maximum)
{
    public InputColumn Label => new(LabelName, ColumnShape.Single, TrainingOnly: true);
}

/// <summary>A number for a text, or for a pair of texts.</summary>
internal sealed class TextRegression(TextRegressionColumns columns) : TextTask<TokenSequence, ScoredSequence, float>
{
    public const string TaskName = "text-regression";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [.. columns.Texts.Columns, columns.Label];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [ScoreColumn(columns.ScoreName)];

    public override bool HasPairs => columns.Texts.PairName is not null;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = [columns.LabelName], ProblemType = "regression" };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => SequenceClassification.Of(config, backbone);

    public override Func<TokenSequence> CreateReader(DataViewRow row, TextTaskModel model) => columns.Texts.Reader(row, model);

    public override int LengthOf(TokenSequence row) => row.Length;

    public override Func<IReadOnlyList<ScoredSequence>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var texts = columns.Texts.LearningReader(row, model);
        var label = row.GetGetter<float>(columns.Label.In(row.Schema));
        return () =>
        {
            float number = 0;
            label(ref number);
            if (!float.IsFinite(number))
                throw new ArgumentException($"Row {row.Position} has no number: '{columns.LabelName}' is {number}.");
            if (number < columns.Minimum || number > columns.Maximum)
                throw new ArgumentException($"Row {row.Position} is out of range: '{columns.LabelName}' is {number}, not within {columns.Minimum} to {columns.Maximum}.");
            return [new ScoredSequence(texts(), number)];
        };
    }

    public override TrainingTask<ScoredSequence> Learn(TextTaskModel model, TextFineTuningOptions training) => new SequenceRegressionTask(model.Network)
    {
        TokenDropout = model.HideTokens(training.TokenDropout ?? (training.IsFromScratch ? 0.1 : 0)),
        Device = model.Device,
    };

    protected override IFineTuningRun CreateRun(TextTaskModel model, FineTuningExamples<ScoredSequence> examples, TextFineTuningOptions options, int seed)
    {
        var head = (SequenceClassification)model.Network.Head;
        var scale = TargetScale.Of(examples.Training, isCentred: head.HasBias);
        var standard = new FineTuningExamples<ScoredSequence>(scale.Standardise(examples.Training), scale.Standardise(examples.Validation));
        return new TextRegressionRun(base.CreateRun(model, standard, options, seed), scale, head);
    }

    public override float[] Predict(TextTaskModel model, IReadOnlyList<TokenSequence> rows) => Array.ConvertAll(
        model.Score(rows, scores => scores.alias()),
        value => Math.Clamp(value, columns.Minimum ?? float.MinValue, columns.Maximum ?? float.MaxValue));

    public override Delegate CreateGetter(OutputColumn column, Func<float> current) => (ValueGetter<float>)((ref float target) => target = current());

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["label_column"] = columns.LabelName,
        ["text_column"] = columns.Texts.TextName,
        ["text_pair_column"] = columns.Texts.PairName,
        ["score_column"] = columns.ScoreName,
        ["minimum"] = columns.Minimum,
        ["maximum"] = columns.Maximum,
    };

    public static new TextRegression FromJson(JsonNode json) => new(new(
        new((string)json["text_column"]!, (string?)json["text_pair_column"]),
        (string)json["label_column"]!,
        (string)json["score_column"]!,
        (float?)json["minimum"],
        (float?)json["maximum"]));

    public static OutputColumn ScoreColumn(string name)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "Regression".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, "Score".AsMemory());
        return new(name, NumberDataViewType.Single, annotations.ToAnnotations());
    }
}
