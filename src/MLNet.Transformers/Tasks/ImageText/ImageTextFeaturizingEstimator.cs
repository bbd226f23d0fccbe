using Microsoft.ML.Runtime;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Gives images and texts vectors in one space, near each other where they belong together.</summary>
/// <remarks>Nothing is learnt from the rows: fitting opens the model.</remarks>
public sealed class ImageTextFeaturizingEstimator : IEstimator<ImageTextTransformer>
{
    private readonly IHost host;
    private readonly ImageTextFeaturizingOptions options;
    private readonly ImageTextMatching task;

    internal ImageTextFeaturizingEstimator(IHostEnvironment environment, ImageTextFeaturizingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(ImageTextFeaturizingEstimator));
        this.options = options;
        task = new ImageTextMatching(
            new(
                options.ImageColumnName,
                options.TextColumnName,
                options.ImageColumnName is null ? null : options.ImageFeaturesColumnName,
                options.TextColumnName is null ? null : options.TextFeaturesColumnName),
            width: 1);
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's model shares no space between images and texts.</exception>
    public ImageTextTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        task.Check(input.Schema);
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        var model = options.Model is { } source
            ? ImageTextSource.Copy(source.Model, options.Processor, device)
            : ImageTextSource.Open(options.PretrainedFolder!, options.Processor, device);
        return new ImageTextTransformer(task.For(model), model, options.BatchSize, null);
    }

    /// <summary>The input's columns and, after them, the vectors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        task.Check(inputSchema);
        return StagePromise.Of(inputSchema, task.Outputs);
    }
}
