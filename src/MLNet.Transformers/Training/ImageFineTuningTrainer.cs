using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Trains a transformer that reads images for a task, from scratch, from a Hugging Face folder or from another transformer.</summary>
/// <remarks>
/// Bad data are refused before training: a missing or mistyped column, no rows, a row without class, a single class; a row without image, and a
/// file that is missing, no image or cut off. Images are decoded when they are learnt from, side by side; one whose pixels turn out broken
/// then ends the training, and the message names it.
/// Fitting changes nothing in the trainer, so that it can be fitted again, as cross-validation does.
/// </remarks>
public sealed class ImageFineTuningTrainer : IEstimator<FineTunedImageTransformer>
{
    private readonly IHost host;
    private readonly ImageFineTuningOptions options;

    internal ImageFineTuningTrainer(IHostEnvironment environment, ImageFineTuningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(ImageFineTuningTrainer));
        this.options = options;
    }

    /// <summary>Trains on every row of the input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The data have no rows, a row has no class, or there is a single class.</exception>
    /// <exception cref="InvalidDataException">A row has no image, or a broken one.</exception>
    /// <exception cref="IOException">The folder to start from, or a file in it, is missing or broken; or the checkpoints are of another training.</exception>
    public FineTunedImageTransformer Fit(IDataView input) => Fit(input, options, Start);

    /// <summary>
    /// Trains on, from the weights and with the preprocessing of a transformer that was trained before, which stays as it is. Of a
    /// transformer for another task or other classes only the backbone is taken, the head starts from random weights, and the log says so.
    /// </summary>
    /// <param name="input">The rows to learn from.</param>
    /// <param name="initialModel">What to start from, instead of what the options say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The data have no rows, a row has no class, or there is a single class.</exception>
    /// <exception cref="InvalidDataException">A row has no image, or a broken one.</exception>
    /// <exception cref="ObjectDisposedException">The initial model was disposed.</exception>
    public FineTunedImageTransformer Fit(IDataView input, FineTunedImageTransformer initialModel)
    {
        ArgumentNullException.ThrowIfNull(initialModel);
        var (trained, old) = (initialModel.Task, initialModel.Model);
        return Fit(input, options with { IsWarmStart = true }, (task, channel) => Continue(trained, old, task, channel));
    }

    /// <summary>The input's columns and, after them, the task's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder to start from is missing or broken.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var task = options.Bind(inputSchema);
        task.Check(inputSchema);
        return StagePromise.Of(inputSchema, task.Outputs);
    }

    private FineTunedImageTransformer Fit(
        IDataView input, ImageFineTuningOptions training, Func<ImageTask, IChannel, (ImageModel Network, ImageProcessor Processor)> start)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = training.Bind(input.Schema);
        var (model, result) = new FineTuning(host, training, "images").Fit(
            task,
            input,
            (device, channel) => Place(start(task, channel), device),
            (model, seed) => task.Prepare(model, input, training, seed));
        return new FineTunedImageTransformer(task.For(model), model, training.BatchSize, result);
    }

    private static ImageTaskModel Place((ImageModel Network, ImageProcessor Processor) start, torch.Device device)
    {
        start.Network.to(device);
        return new(start.Network, start.Processor, device);
    }

    private (ImageModel Network, ImageProcessor Processor) Start(ImageTask task, IChannel channel)
    {
        if (options.PretrainedFolder is not { } path)
            return (ImageModel.Create(task.Configure(options.Model), task.CreateHead), options.Processor ?? ImageProcessor.Of(options.Model));
        var folder = Models.PretrainedImageFolder.Open(path);
        var (model, fresh) = folder.Load(task.CreateHead, task.Configure(folder.Config));
        if (fresh.Count > 0)
            channel.Info(MessageSensitivity.None, "The head starts from random weights, which '{0}' has none for: {1}.", path, string.Join(", ", fresh));
        return (model, options.Processor ?? ImageProcessor.Open(path));
    }

    private (ImageModel Network, ImageProcessor Processor) Continue(ImageTask trained, ImageTaskModel old, ImageTask task, IChannel channel)
    {
        var network = ImageModel.Create(task.Configure(old.Network.Config), task.CreateHead);
        var keepsHead = task.HeadName == trained.HeadName && (network.Config.LabelNames ?? []).SequenceEqual(old.Network.Config.LabelNames ?? []);
        WeightTransfer.Copy(old.Network, network, keepsHead, channel);
        return (network, options.Processor ?? old.Processor);
    }
}
