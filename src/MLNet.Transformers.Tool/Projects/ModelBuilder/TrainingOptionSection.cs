using System.Text.Json.Nodes;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.ModelBuilder;

/// <summary>What was asked for: how long to train, on which columns, and how to validate.</summary>
internal static class TrainingOptionSection
{
    /// <summary>The section.</summary>
    public static JsonObject Of(TrainedProject project)
    {
        var scenario = project.Job.Scenario.ModelBuilderName;
        var seconds = (int)Math.Min(int.MaxValue, project.Job.TrainTime.TotalSeconds);
        if (project.Setup.Dataset is not TabularDataset table)
            return new JsonObject
            {
                ["Version"] = 2,
                ["Subsampling"] = false,
                ["Type"] = "ClassificationTrainingOption",
                ["TrainingTime"] = seconds,
            };
        var option = new JsonObject
        {
            ["Version"] = 1,
            // Model Builder's spelling.
            ["Type"] = scenario == "TextClassification" ? "TextClassficationTrainingOption" : $"{scenario}TrainingOption",
            ["TrainingTime"] = seconds,
        };
        foreach (var role in project.Job.Scenario.Columns)
            option[Key(role.Purpose)] = table[role.Purpose].Name;
        option["ValidationOption"] = Validation(project);
        return option;
    }

    private static string Key(ColumnPurpose purpose) => purpose is ColumnPurpose.SourceSentence or ColumnPurpose.ComparisonSentence
        ? purpose.ToString()
        : $"{purpose}Column";

    private static JsonObject Validation(TrainedProject project) => project switch
    {
        { ValidationDataset: { } dataset } => new JsonObject
        {
            ["Version"] = 0,
            ["Type"] = "FileValidationOption",
            ["FilePath"] = ProjectPaths.Relative(project.Job, dataset.Path),
        },
        { Job.Folds: { } folds } => new JsonObject
        {
            ["Version"] = 0,
            ["Type"] = "CrossValidationValidationOption",
            ["NumberOfFolds"] = folds,
        },
        _ => new JsonObject
        {
            ["Version"] = 0,
            ["Type"] = "TrainValidateSplitValidationOption",
            ["SplitRatio"] = project.Job.SplitRatio,
        },
    };
}
