using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>A new model that starts with the weights of one that was trained before, for the same task or for another.</summary>
internal sealed class WarmStart(FineTuningTask trained, FineTunedModel model)
{
    /// <summary>The new model, on the CPU; the old one is left as it is.</summary>
    /// <param name="task">What it is to learn.</param>
    /// <param name="maxLength">The longest input in tokens; null for that of the old model.</param>
    /// <param name="channel">Hears what starts from random weights.</param>
    public StartingPoint Create(FineTuningTask task, int? maxLength, IChannel channel)
    {
        var old = model.Network;
        var config = WithSegments(task.Configure(old.Config), task);
        var network = TextModel.Create(config, task.CreateHead);
        var keepsHead = task.HeadName == trained.HeadName && (config.LabelNames ?? []).SequenceEqual(old.Config.LabelNames ?? []);
        var weights = old.named_parameters()
            .Where(pair => keepsHead || pair.name.StartsWith("backbone.", StringComparison.Ordinal))
            .ToDictionary(pair => pair.name, pair => pair.parameter);
        var fresh = new List<string>();
        using (torch.no_grad())
            foreach (var (name, parameter) in network.named_parameters())
                if (weights.TryGetValue(name, out var weight) && weight.shape.SequenceEqual(parameter.shape))
                    parameter.copy_(weight);
                else
                    fresh.Add(name);
        if (fresh.Count > 0)
            channel.Info(MessageSensitivity.None, "The initial model was trained for another task or other classes; these start from random weights: {0}.", string.Join(", ", fresh));
        var tokenizer = maxLength is { } length ? model.Tokenizer.WithTruncation(new Truncation(Math.Min(config.MaxLength, length))) : model.Tokenizer;
        return new StartingPoint(network, tokenizer, model.TargetTokenizer);
    }

    /// <summary>The config with as many segments as a task over pairs needs, where the family lets one choose.</summary>
    public static TextConfig WithSegments(TextConfig config, FineTuningTask task) =>
        config is TransformerEncoderConfig { Types: < 2 } encoder && task.HasPairs ? encoder with { Types = 2 } : config;
}
