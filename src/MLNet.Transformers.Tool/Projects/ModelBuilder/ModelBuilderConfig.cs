using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.ModelBuilder;

/// <summary>
/// <c>NAME.mbconfig</c>, the file that Model Builder opens: its keys in its order. What it has no word for, as for translation, stands in the
/// same places under words of ours, after its own.
/// </summary>
internal static class ModelBuilderConfig
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file.</summary>
    public static ProjectFile Of(TrainedProject project) => new(
        $"{project.Job.Name}.mbconfig",
        ToJson(project).ToJsonString(Format).ReplaceLineEndings("\n"),
        // As Model Builder has it.
        HasByteOrderMark: project.Setup.Dataset is TabularDataset);

    private static JsonObject ToJson(TrainedProject project) => new()
    {
        ["Scenario"] = project.Job.Scenario.ModelBuilderName,
        ["DataSource"] = DataSourceSection.Of(project),
        ["Environment"] = new JsonObject
        {
            ["Type"] = project.Job.GpuDeviceId is null ? "LocalCPU" : "LocalGPU",
            ["Version"] = 1,
        },
        ["RunHistory"] = RunHistorySection.Of(project),
        ["Type"] = "TrainingConfig",
        ["Version"] = project.Job.Scenario.ModelBuilderName is "TextClassification" or "SentenceSimilarity" ? 4 : 5,
        ["TrainingOption"] = TrainingOptionSection.Of(project),
    };
}
