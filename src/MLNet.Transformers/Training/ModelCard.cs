using System.Globalization;
using System.Text;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>What a person reads first in a model's folder: its <see href="https://huggingface.co/docs/hub/model-cards">README.md</see>.</summary>
/// <param name="Task">What the model is for, as the hub calls it.</param>
/// <param name="Config">The model's config.</param>
/// <param name="Training">How it was trained; null where that is not known.</param>
internal sealed record ModelCard(FineTuningTask Task, ModelConfig Config, TrainingResult? Training)
{
    private const string FileName = "README.md";

    /// <summary>Writes the card.</summary>
    public void Save(string folder) => File.WriteAllText(Path.Combine(folder, FileName), ToMarkdown());

    /// <summary>The card as text.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder($"""
            ---
            pipeline_tag: {Task.Name}
            tags:
            - {Config.ModelType}
            - mlnet
            ---

            # {Config.ModelType} for {Task.Name}

            Written by MLNet.Transformers: `config.json` has the sizes, `model.safetensors` the weights under their published names, `preprocessor_config.json` how images are prepared.

            """);
        if (Config.LabelNames is { } labels)
            text.Append(CultureInfo.InvariantCulture, $"\n## Classes\n\n{string.Join(", ", labels)}\n");
        if (Training is { } training)
            text.Append(CultureInfo.InvariantCulture, $"\n## Training\n\n{training.Steps} steps in {training.Epochs} epochs{Validated(training)}.\n");
        return text.ToString();
    }

    private static string Validated(TrainingResult training) => training.Validation is { } score
        ? string.Create(CultureInfo.InvariantCulture, $"; on validation rows a loss of {score.Loss:0.0000} and a {training.Report.MetricName} of {score.Metric:0.0000}")
        : "";
}
