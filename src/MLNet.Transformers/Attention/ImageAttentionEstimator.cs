using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Extracts the attention weights of a vision transformer from images.</summary>
/// <remarks>Nothing is learnt from the rows: fitting opens the model, or takes a share in the one that is given.</remarks>
public sealed class ImageAttentionEstimator : IEstimator<ImageAttentionTransformer>
{
    private readonly IHost host;
    private readonly ImageAttentionOptions options;
    private readonly ImageAttentionColumns columns;

    internal ImageAttentionEstimator(IHostEnvironment environment, ImageAttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(ImageAttentionEstimator));
        this.options = options;
        columns = new ImageAttentionColumns(options.ImageColumnName, options.OutputColumnName, options.Rollout);
    }

    /// <summary>Opens the model, or takes a share in the one that is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's family is unknown, reads no images, or looks within windows only.</exception>
    /// <exception cref="InvalidOperationException">Images would come out in different sizes.</exception>
    /// <exception cref="ObjectDisposedException">The given model was disposed.</exception>
    public ImageAttentionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        columns.Image.Input.In(input.Schema);
        columns.Promised(Config);
        var model = options.Model?.Share(nameof(ImageAttentionTransformer)) ?? SharedModel<ImageTaskModel>.Hold(OpenFolder(options.PretrainedFolder!), nameof(ImageAttentionTransformer));
        return new ImageAttentionTransformer(columns, model, options.Processor ?? model.Model.Processor, options.BatchSize);
    }

    /// <summary>The input's columns and, after them, the attention.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The image column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's family is unknown, reads no images, or looks within windows only.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        columns.Image.Input.In(inputSchema);
        return StagePromise.Of(inputSchema, [columns.Promised(Config)]);
    }

    private ImageConfig Config => options.Model?.Config ?? PretrainedImageFolder.Open(options.PretrainedFolder!).Config;

    private ImageTaskModel OpenFolder(string folder)
    {
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        var processor = options.Processor ?? ImageProcessor.Open(folder);
        var network = PretrainedImageFolder.Open(folder).LoadWhole(ImageAttentionTransformer.CreateHead);
        network.to(device);
        network.eval();
        return new ImageTaskModel(network, processor, device);
    }
}
