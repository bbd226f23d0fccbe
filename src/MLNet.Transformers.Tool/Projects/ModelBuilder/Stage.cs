using System.Text.Json.Nodes;

namespace MLNet.Transformers.Tool.Projects.ModelBuilder;

/// <summary>A stage of a pipeline, as Model Builder notes it.</summary>
/// <param name="Estimator">What Model Builder calls it.</param>
/// <param name="Parameters">Its settings.</param>
/// <param name="IsTrainer">Whether it is what learns.</param>
internal sealed record Stage(string Estimator, JsonObject Parameters, bool IsTrainer = false);
