using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that chooses one of several texts.</summary>
public sealed record MultipleChoiceOptions : TextFineTuningOptions
{
    /// <summary>
    /// The right choice of each row, a key: the first for the first choice, and as many keys as choices. Keys that <c>MapValueToKey</c>
    /// makes must be in the order of the choices, as with <c>keyOrdinality: ByValue</c>, and not of their first appearance.
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>What the choices are for, such as a question; read before each of them.</summary>
    public string PromptColumnName { get; init; } = "Prompt";

    /// <summary>The choices: a column that is a vector of text, as long as the label has keys, or several columns of a text each.</summary>
    public IReadOnlyList<string> ChoiceColumnNames { get; init; } = ["Choices"];

    /// <summary>The name of the output with one probability a choice.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with the likeliest choice, a key.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    private TextChoiceColumns Columns => new(LabelColumnName, PromptColumnName, ChoiceColumnNames, ScoreColumnName, PredictedLabelColumnName);

    internal override TextTask Bind(DataViewSchema schema)
    {
        var labels = ClassLabels.From(Columns.Label.In(schema));
        var choices = ChoiceColumnNames.Count > 1 ? ChoiceColumnNames.Count
            : Columns.Choices[0].In(schema).Type is VectorDataViewType { IsKnownSize: true } vector ? vector.Size
            : labels.Count;
        return choices == labels.Count
            ? new TextChoice(Columns, labels)
            : throw new ArgumentException($"The label column '{LabelColumnName}' has {labels.Count} keys for the {choices} choices in '{string.Join("', '", ChoiceColumnNames)}'.");
    }

    internal override TextTask Bind(SchemaShape schema) => new TextChoice(Columns, ClassLabels.Promised(Columns.Label.In(schema)));

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(ChoiceColumnNames.Count, 1, nameof(ChoiceColumnNames));
    }
}
