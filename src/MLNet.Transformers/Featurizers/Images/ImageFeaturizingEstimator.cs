using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Makes images vectors with the backbone of a transformer.</summary>
/// <remarks>Nothing is learnt from the rows: fitting opens the model.</remarks>
public sealed class ImageFeaturizingEstimator : IEstimator<FineTunedImageTransformer>
{
    private readonly IHost host;
    private readonly ImageFeaturizingOptions options;
    private readonly ImageFeatureExtraction task;

    internal ImageFeaturizingEstimator(IHostEnvironment environment, ImageFeaturizingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(ImageFeaturizingEstimator));
        this.options = options;
        task = new ImageFeatureExtraction(new(options.ImageColumnName, options.OutputColumnName, options.Features, options.Normalizes));
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The model has no class token to make features of.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's family is unknown, or reads no images.</exception>
    public FineTunedImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        task.Check(input.Schema);
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        var (network, processor) = options.Model is { } source ? Copy(source.Model) : Open(options.PretrainedFolder!);
        network.to(device);
        network.eval();
        var model = new ImageTaskModel(network, options.Processor ?? processor, device);
        return new FineTunedImageTransformer(task.For(model), model, options.BatchSize, null);
    }

    /// <summary>The input's columns and, after them, the features.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        task.Check(inputSchema);
        return StagePromise.Of(inputSchema, task.Outputs);
    }

    private (ImageModel Network, ImageProcessor Processor) Open(string folder) =>
        (PretrainedImageFolder.Open(folder).LoadWhole(task.CreateHead), options.Processor ?? ImageProcessor.Open(folder));

    private (ImageModel Network, ImageProcessor Processor) Copy(ImageTaskModel source)
    {
        var network = ImageModel.Create(source.Network.Config, task.CreateHead);
        network.Backbone.load_state_dict(source.Network.Backbone.state_dict());
        return (network, source.Processor);
    }
}
