using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Applies a model of images that was published for a task as it is; nothing is learnt.</summary>
public sealed class PretrainedImageTaskEstimator : IEstimator<FineTunedImageTransformer>
{
    private readonly IHost host;
    private readonly ImageFineTuningOptions options;
    private readonly string folder;

    internal PretrainedImageTaskEstimator(IHostEnvironment environment, ImageFineTuningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        folder = options.PretrainedFolder
            ?? throw new ArgumentException($"{nameof(options.PretrainedFolder)} says which model to apply, and is null.", nameof(options));
        options.Require();
        host = environment.Register(nameof(PretrainedImageTaskEstimator));
        this.options = options;
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="WeightMismatchException">The folder's model has no head for the task.</exception>
    public FineTunedImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var pretrained = PretrainedImageFolder.Open(folder);
        var task = options.Bind(pretrained.Config);
        task.Check(input.Schema, isTraining: false);
        var processor = options.Processor ?? ImageProcessor.Open(folder);
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        var network = pretrained.LoadWhole(task.CreateHead);
        network.to(device);
        network.eval();
        return new FineTunedImageTransformer(task, new ImageTaskModel(network, processor, device), options.BatchSize, null);
    }

    /// <summary>The input's columns and, after them, the task's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or its config, is missing or broken.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var task = options.Bind(PretrainedImageFolder.Open(folder).Config);
        task.Check(inputSchema, isTraining: false);
        return StagePromise.Of(inputSchema, task.Outputs);
    }
}
