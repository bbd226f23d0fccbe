using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Classifies images into classes of which nothing but the names is known.</summary>
/// <remarks>Nothing is learnt from the rows: fitting opens the model, and places the names in the space that they share with images.</remarks>
public sealed class ZeroShotClassificationEstimator : IEstimator<FineTunedImageTransformer>
{
    private readonly IHost host;
    private readonly ZeroShotClassificationOptions options;
    private readonly ZeroShotRecognition task;

    internal ZeroShotClassificationEstimator(IHostEnvironment environment, ZeroShotClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(ZeroShotClassificationEstimator));
        this.options = options;
        task = new ZeroShotRecognition(
            new("Label", options.ImageColumnName, options.ScoreColumnName, options.PredictedLabelColumnName), ClassLabels.Named(options.Labels));
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's model shares no space between images and texts.</exception>
    public FineTunedImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        task.Check(input.Schema);
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        if (options.Model is { } trained)
            return Classifier(trained.Model, device);
        using var opened = ImageTextSource.Open(options.PretrainedFolder!, options.Processor, device);
        return Classifier(opened, device);
    }

    /// <summary>The input's columns and, after them, the classes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        task.Check(inputSchema);
        return StagePromise.Of(inputSchema, task.Outputs);
    }

    private FineTunedImageTransformer Classifier(ImageTextModel model, torch.Device device)
    {
        var prompts = options.Labels.Select(label => options.PromptsOf(label).Select(model.Encode).ToArray()).ToArray();
        using var places = model.Network.ClassFeatures(prompts, model.Device, options.BatchSize);
        var network = ZeroShotClassification.Classifier(model.Network, options.Labels, places);
        network.to(device);
        network.eval();
        return new FineTunedImageTransformer(task, new ImageTaskModel(network, options.Processor ?? model.Processor, device), options.BatchSize, null);
    }
}
