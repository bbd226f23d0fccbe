using System.Globalization;
using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Tells ML.NET's log of every validation and, on its trace, of every report; and passes both on.</summary>
internal sealed class ChannelProgress(IChannel channel, IProgress<TrainingProgress>? next, string unit) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Validation is { } validation)
            channel.Info(MessageSensitivity.None, Text($"Epoch {value.Epoch} of {value.Epochs}: loss {value.Loss:0.0000}, validation loss {validation.Loss:0.0000}, validation metric {validation.Metric:0.0000}, {value.TokensPerSecond:0} {unit}/s, {100 * value.PaddingShare:0} % padding"));
        else
            channel.Trace(MessageSensitivity.None, Text($"Epoch {value.Epoch} of {value.Epochs}, step {value.Step} of {value.Steps}: loss {value.Loss:0.0000}, rate {value.LearningRate:0.0e0}, {value.TokensPerSecond:0} {unit}/s, {value.TimeLeft:hh\\:mm\\:ss} left"));
        next?.Report(value);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
