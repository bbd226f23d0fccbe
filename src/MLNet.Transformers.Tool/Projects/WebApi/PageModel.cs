using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.WebApi;

/// <summary>What the page of a web API knows of its model: <c>wwwroot/model.json</c>.</summary>
internal sealed record PageModel
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // It is read as JSON, and stands in no HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The command that made it, by which the page shows its answers.</summary>
    public required string Scenario { get; init; }

    /// <summary>What it does, a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Where it is from, and how good it is, a sentence.</summary>
    public required string Quality { get; init; }

    /// <summary>What stands on the button.</summary>
    public required string Action { get; init; }

    /// <summary>The columns that it reads.</summary>
    public required IReadOnlyList<PageField> Fields { get; init; }

    /// <summary>The columns that it answers with, by what the page calls them.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>The least and the greatest answer, where answers are numbers.</summary>
    public IReadOnlyList<float>? Range { get; init; }

    /// <summary>Whether it can be asked what it looks at.</summary>
    public required bool HasAttention { get; init; }

    /// <summary>Rows to try.</summary>
    public required IReadOnlyList<PageExample> Examples { get; init; }

    /// <summary>The description of a project's model.</summary>
    public static PageModel Of(TrainedProject project, ProjectNames names, bool hasAttention)
    {
        var texts = PageTexts.Of(project.Job.Scenario.Command);
        var fields = PageField.Of(names);
        var best = project.Best.Metrics[0];
        return new()
        {
            Scenario = project.Job.Scenario.Command,
            Description = texts.Description,
            Quality = FormattableString.Invariant($"It has learnt from {Path.GetFileName(Path.TrimEndingDirectorySeparator(project.Setup.Dataset.Path))}; {best.Name} {best.Value:0.000} on rows that it had not seen."),
            Action = texts.Action,
            Fields = fields,
            Columns = ColumnsOf(project.Options),
            Range = project.Options is SentenceSimilarityOptions similarity ? [similarity.MinimumScore, similarity.MaximumScore] : null,
            HasAttention = hasAttention,
            Examples = [.. project.Examples.Select(row => PageExample.Of(row, fields, names)).OfType<PageExample>()],
        };
    }

    /// <summary>The file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json).ReplaceLineEndings("\n") + "\n";

    private static Dictionary<string, string> ColumnsOf(FineTuningOptions options) => options switch
    {
        TextClassificationOptions classification => new() { ["label"] = classification.PredictedLabelColumnName, ["score"] = classification.ScoreColumnName },
        ImageClassificationOptions classification => new() { ["label"] = classification.PredictedLabelColumnName, ["score"] = classification.ScoreColumnName },
        SentenceSimilarityOptions similarity => new() { ["score"] = similarity.ScoreColumnName },
        TokenClassificationOptions tagging => new()
        {
            ["types"] = tagging.EntityColumnsPrefix + "Types",
            ["starts"] = tagging.EntityColumnsPrefix + "Starts",
            ["lengths"] = tagging.EntityColumnsPrefix + "Lengths",
            ["scores"] = tagging.EntityColumnsPrefix + "Scores",
        },
        QuestionAnsweringOptions answering => new()
        {
            ["answer"] = answering.PredictedAnswerColumnName,
            ["start"] = answering.PredictedAnswerColumnName + "Start",
            ["answers"] = answering.TopColumnsPrefix + "Answers",
            ["scores"] = answering.TopColumnsPrefix + "Scores",
        },
        TextGenerationOptions writing => new() { ["text"] = writing.OutputColumnName },
        _ => throw new NotSupportedException($"No page shows the answers of {options.GetType().Name}."),
    };
}
