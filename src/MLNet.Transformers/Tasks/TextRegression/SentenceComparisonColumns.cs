using System.Text.Json.Nodes;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="SentenceComparison"/>, and the numbers that the cosines 0 and 1 stand for.</summary>
internal sealed record SentenceComparisonColumns(string FirstName, string SecondName, string LabelName, string ScoreName, float Minimum, float Maximum)
{
    public InputColumn First => new(FirstName, ColumnShape.Text);

    public InputColumn Second => new(SecondName, ColumnShape.Text);

    public InputColumn Label => new(LabelName, ColumnShape.Single, TrainingOnly: true);

    /// <summary>The cosine that a label stands for.</summary>
    public float CosineOf(float label) => (label - Minimum) / (Maximum - Minimum);

    /// <summary>The score that a cosine stands for; vectors that point away from each other have nothing in common either.</summary>
    public float ScoreOf(float cosine) => Minimum + (Math.Clamp(cosine, 0, 1) * (Maximum - Minimum));

    public JsonObject ToJson() => new()
    {
        ["first_column"] = FirstName,
        ["second_column"] = SecondName,
        ["label_column"] = LabelName,
        ["score_column"] = ScoreName,
        ["minimum"] = Minimum,
        ["maximum"] = Maximum,
    };

    public static SentenceComparisonColumns FromJson(JsonNode json) => new(
        (string)json["first_column"]!,
        (string)json["second_column"]!,
        (string)json["label_column"]!,
        (string)json["score_column"]!,
        (float)json["minimum"]!,
        (float)json["maximum"]!);
}
