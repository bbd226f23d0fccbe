using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>A new model that starts with the weights of one that was trained before, for the same task or for another.</summary>
internal sealed class WarmStart(TextTask trained, TextTaskModel model)
{
    /// <summary>The new model, on the CPU; the old one is left as it is.</summary>
    /// <param name="task">What it is to learn.</param>
    /// <param name="maxLength">The longest input in tokens; null for that of the old model.</param>
    /// <param name="channel">Hears what starts from random weights.</param>
    public StartingPoint Create(TextTask task, int? maxLength, IChannel channel)
    {
        var old = model.Network;
        var config = WithSegments(task.Configure(old.Config), task);
        var network = TextModel.Create(config, task.CreateHead);
        var keepsHead = task.HeadName == trained.HeadName && (config.LabelNames ?? []).SequenceEqual(old.Config.LabelNames ?? []);
        WeightTransfer.Copy(old, network, keepsHead, channel);
        var tokenizer = maxLength is { } length ? model.Tokenizer.WithTruncation(new Truncation(Math.Min(config.MaxLength, length))) : model.Tokenizer;
        return new StartingPoint(network, tokenizer, model.TargetTokenizer);
    }

    /// <summary>The config with as many segments as a task over pairs needs, where the family lets one choose.</summary>
    public static TextConfig WithSegments(TextConfig config, TextTask task) =>
        config is TransformerEncoderConfig { Types: < 2 } encoder && task.HasPairs ? encoder with { Types = 2 } : config;
}
