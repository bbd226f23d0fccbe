using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="TextChoice"/>.</summary>
/// <param name="LabelName">The right choice.</param>
/// <param name="PromptName">What the choices are for.</param>
/// <param name="ChoiceNames">One column with all choices, or several with one each.</param>
/// <param name="ScoreName">The output with one probability a choice.</param>
/// <param name="PredictedLabelName">The output with the likeliest choice.</param>
internal sealed record TextChoiceColumns(string LabelName, string PromptName, IReadOnlyList<string> ChoiceNames, string ScoreName, string PredictedLabelName)
{
    public InputColumn Label => new(LabelName, ColumnShape.Key, TrainingOnly: true);

    public InputColumn Prompt => new(PromptName, ColumnShape.Text);

    public IReadOnlyList<InputColumn> Choices { get; } = ChoiceNames.Count == 1
        ? [new(ChoiceNames[0], ColumnShape.TextVector) { MayVary = true }]
        : [.. ChoiceNames.Select(name => new InputColumn(name, ColumnShape.Text))];
}

/// <summary>The one of several texts that suits another best.</summary>
internal sealed class TextChoice(TextChoiceColumns columns, ClassLabels labels) : TextTask<TokenSequence[], ChoiceExample, float[]>
{
    public const string TaskName = "multiple-choice";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Prompt, .. columns.Choices, columns.Label];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [labels.PredictedLabel(columns.PredictedLabelName), labels.Score(columns.ScoreName)];

    public override bool HasPairs => true;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = null, ProblemType = null };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => MultipleChoice.Of(config, backbone);

    public override Func<TokenSequence[]> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var prompt = TextColumns.Reader(row, columns.Prompt.In(row.Schema));
        var choices = columns.Choices.Select(column => TextColumns.VectorReader(row, column.In(row.Schema))).ToArray();
        return () =>
        {
            var read = choices.SelectMany(choice => choice()).ToArray();
            if (read.Length != labels.Count)
                throw new ArgumentException($"Row {row.Position} has {read.Length} choices in '{columns.ChoiceNames[0]}' instead of {labels.Count}, of which '{columns.LabelName}' is one.");
            var text = prompt();
            return Array.ConvertAll(read, choice => model.Encode(text, choice));
        };
    }

    public override int LengthOf(TokenSequence[] row) => row.Length * row.Max(choice => choice.Length);

    public override Func<IReadOnlyList<ChoiceExample>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var read = CreateReader(row, model);
        var label = row.GetGetter<uint>(columns.Label.In(row.Schema));
        return () =>
        {
            uint key = 0;
            label(ref key);
            return key > 0 && key <= labels.Count
                ? [new ChoiceExample(read(), (int)key - 1)]
                : throw new ArgumentException($"Row {row.Position} has no right choice: the key in '{columns.LabelName}' is {key}, not one of 1 to {labels.Count}.");
        };
    }

    public override TrainingTask<ChoiceExample> Learn(TextTaskModel model, TextFineTuningOptions training) => new MultipleChoiceTask(model.Network)
    {
        TokenDropout = model.HideTokens(training.TokenDropout ?? (training.IsFromScratch ? 0.1 : 0)),
        Device = model.Device,
    };

    /// <summary>One probability a choice for each row.</summary>
    public override float[][] Predict(TextTaskModel model, IReadOnlyList<TokenSequence[]> rows) =>
        [.. model.Score([.. rows.SelectMany(row => row)], scores => scores.view(rows.Count, labels.Count).softmax(1)).Chunk(labels.Count)];

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) => column.Name == columns.ScoreName
        ? VectorGetter.Of<float>(current)
        : ClassLabels.LikeliestGetter(current);

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["label_column"] = columns.LabelName,
        ["prompt_column"] = columns.PromptName,
        ["choice_columns"] = JsonSerializer.SerializeToNode(columns.ChoiceNames),
        ["score_column"] = columns.ScoreName,
        ["predicted_label_column"] = columns.PredictedLabelName,
        ["labels"] = labels.ToJson(),
    };

    public static new TextChoice FromJson(JsonNode json) => new(
        new((string)json["label_column"]!, (string)json["prompt_column"]!, json["choice_columns"].Deserialize<string[]>()!, (string)json["score_column"]!, (string)json["predicted_label_column"]!),
        ClassLabels.FromJson(json["labels"]!));
}
