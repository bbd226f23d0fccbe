using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Fitting as every trainer does it, whatever its model reads.</summary>
/// <param name="host">The trainer's part of the environment.</param>
/// <param name="options">How to train, and whom to tell.</param>
/// <param name="unit">What the model reads, in the plural, for the log.</param>
internal sealed class FineTuning(IHost host, FineTuningOptions options, string unit)
{
    /// <summary>A trained model, on its device.</summary>
    /// <param name="task">What is learnt.</param>
    /// <param name="input">The rows to learn from.</param>
    /// <param name="start">Makes the model on the device, and tells the log what starts from random weights.</param>
    /// <param name="prepare">Reads the rows as the model's examples, for a run with that seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public (TModel Model, TrainingResult Result) Fit<TModel>(
        FineTuningTask task, IDataView input, Func<torch.Device, IChannel, TModel> start, Func<TModel, int, IFineTuningRun> prepare)
        where TModel : IDisposable
    {
        task.Check(input.Schema);
        RequireRows(input, task);
        using var channel = host.Start("Training");
        var seed = options.Seed ?? host.Rand.Next();
        torch.manual_seed(seed);
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        if (options.Precision != Precision.Single && device.type == DeviceType.CPU)
            channel.Warning(MessageSensitivity.None, "Most CPUs compute {0} numbers much more slowly than those of single precision.", options.Precision);
        var model = start(device, channel);
        try
        {
            return (model, prepare(model, seed).Run(new ChannelProgress(channel, options.Progress, unit), options.CancellationToken));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static void RequireRows(IDataView input, FineTuningTask task)
    {
        using var cursor = input.GetRowCursor(task.Inputs.Select(column => column.In(input.Schema)));
        if (!cursor.MoveNext())
            throw new ArgumentException("The training set has no rows.");
    }
}
