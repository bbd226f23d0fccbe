using System.Globalization;
using MLNet.Transformers.Models;
using Spectre.Console;

namespace FashionClassifier;

/// <summary>Training on the terminal: a bar with loss, speed and time left; a line an epoch where there is no terminal.</summary>
public sealed class TrainingProgressView : IProgress<TrainingProgress>
{
    private readonly ProgressTask? bar;
    private int epochShown;

    private TrainingProgressView(ProgressTask? bar) => this.bar = bar;

    public static T Show<T>(Func<IProgress<TrainingProgress>, T> train)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
            return train(new TrainingProgressView(null));
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context => train(new TrainingProgressView(context.AddTask("Reading the images ..."))));
    }

    public void Report(TrainingProgress value)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"Epoch {value.Epoch} of {value.Epochs}, step {value.Step:N0} of {value.Steps:N0}: loss {value.Loss:0.000}, {value.TokensPerSecond:N0} images/s, {value.TimeLeft:m\\:ss} left");
        if (bar is not null)
        {
            bar.MaxValue = value.Steps;
            bar.Value = value.Step;
            bar.Description = text;
        }
        else if (value.Epoch != epochShown || value.Step == value.Steps)
        {
            epochShown = value.Epoch;
            Console.WriteLine(text);
        }
    }
}
