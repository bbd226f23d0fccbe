using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Projects.ModelBuilder;

/// <summary>The trials, and the pipeline that all of them train. Those that failed have no score and are not among them.</summary>
internal static class RunHistorySection
{
    /// <summary>The section.</summary>
    public static JsonObject Of(TrainedProject project)
    {
        var stages = Stages.Of(project.Options);
        return new JsonObject
        {
            ["Version"] = 3,
            ["Type"] = "Result",
            ["Trials"] = new JsonArray([.. project.Trials.Where(trial => trial.Error is null).Select(trial => Trial(project, trial))]),
            ["Estimators"] = new JsonObject(stages.Select((stage, index) => KeyValuePair.Create($"e{index}", (JsonNode?)stage.Estimator))),
            ["Schema"] = Schema(stages),
            ["MetricName"] = project.Job.Scenario.MetricName,
            ["ModelFilePath"] = $"{project.Job.Name}.mlnet",
        };
    }

    private static JsonObject Trial(TrainedProject project, TrialResult result)
    {
        var options = project.Job.Scenario.Options(result.Trial, project.Setup);
        var stages = Stages.Of(options);
        var parameter = new JsonObject { ["_SCHEMA_"] = Schema(stages) };
        foreach (var (index, stage) in stages.Index())
        {
            parameter[$"e{index}"] = stage.Parameters;
            if (stage.IsTrainer)
                AddSearched(stage.Parameters, result.Trial, options);
        }
        return new JsonObject
        {
            ["Version"] = 1,
            ["Type"] = "Trial",
            ["TrainerName"] = stages.Single(stage => stage.IsTrainer).Estimator,
            ["Score"] = result.Score,
            ["RuntimeInSeconds"] = Math.Round(result.Time.TotalSeconds, 3),
            ["Parameter"] = parameter,
        };
    }

    // What Model Builder has no key for comes after its own.
    private static void AddSearched(JsonObject parameters, Trial trial, FineTuningOptions options)
    {
        parameters["LearningRate"] = trial.LearningRate;
        if (trial.MaxSteps is { } steps)
            parameters["MaxSteps"] = steps;
        if (trial.PretrainingEpochs > 0)
            parameters["PretrainingEpochs"] = trial.PretrainingEpochs;
        if (trial.Size is { } size)
            parameters["ModelSize"] = size.ToString();
        if (options is TextFineTuningOptions { BatchSize: null } text)
            parameters["BatchTokens"] = text.BatchTokens;
    }

    private static string Schema(IReadOnlyList<Stage> stages) => string.Join(" * ", stages.Select((_, index) => $"e{index}"));
}
