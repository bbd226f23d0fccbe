using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

[assembly: LoadableClass(typeof(ImageAttentionTransformer), null, typeof(SignatureLoadModel), "Attention of images", ImageAttentionTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A vision transformer as an ML.NET stage that says of each image how much each patch looks at each other.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it carries its weights, without any head, and its preprocessing.</remarks>
public sealed class ImageAttentionTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersSight";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTSIGH", LoaderSignature);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ImageAttentionColumns columns;
    private readonly SharedModel<ImageTaskModel>.Lease model;
    private readonly ImageProcessor processor;
    private readonly int batchSize;

    internal ImageAttentionTransformer(ImageAttentionColumns columns, SharedModel<ImageTaskModel>.Lease model, ImageProcessor processor, int batchSize)
        : base(new ImageAttentionScorer(columns, model, processor, batchSize))
    {
        this.columns = columns;
        this.model = model;
        this.processor = processor;
        this.batchSize = batchSize;
    }

    /// <summary>Number of layers in the output: 1 where they are rolled out.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public int Layers => columns.Rollout is null ? ImageAttentionColumns.SizesOf(model.Model.Network.Config).Layers : 1;

    /// <summary>Number of heads in the output: 1 where the layers are rolled out.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public int Heads => columns.Rollout is null ? ImageAttentionColumns.SizesOf(model.Model.Network.Config).Heads : 1;

    /// <summary>How many tokens, such as a class token, stand before those of the patches.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public int PrefixTokens => model.Model.Network.Backbone.PrefixTokens;

    /// <summary>How the patches lie over an image.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ImageGrid Grid => model.Model.Network.Backbone.GridOf(processor.Height, processor.Width);

    /// <summary>The attention in one image, to look at.</summary>
    /// <param name="image">The image, before any preprocessing; the map has it as the model sees it.</param>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <example><code>
    /// model.MapOf(ImageFile.Read("cat.jpg")).SaveHtml("attention.html");
    /// </code></example>
    public AttentionMap MapOf(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var session = new ImageAttentionSession(columns, model.Share(), processor);
        var weights = AttentionWeights.AmongTokens(session.Score([() => image])[0], Layers, Heads);
        return AttentionMap.OfImage(processor.Fit(image), Grid, PrefixTokens, weights);
    }

    /// <inheritdoc cref="MapOf(PixelImage)"/>
    public AttentionMap MapOf(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return MapOf(image.ToPixels());
    }

    /// <summary>A head without weights: attention needs none, and of a trained model none is kept.</summary>
    internal static ImageHead CreateHead(ImageConfig config, ImageBackbone backbone) => new ImageEmbedding(new ImagePooler(ImagePooling.Mean, backbone.PrefixTokens));

    private protected override void Save(ModelSaveContext context)
    {
        ModelFile.Begin(context, Version, new JsonObject { ["columns"] = JsonSerializer.SerializeToNode(columns, Json), ["batch_size"] = batchSize });
        var network = model.Model.Network;
        // Not disposed: its backbone is the shared model's.
        var headless = new ImageModel(network.Config, network.Backbone, CreateHead(network.Config, network.Backbone));
        ImageModelEntry.Write(context, model.Model with { Network = headless, Processor = processor });
    }

    private static ImageAttentionTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var model = ImageModelEntry.Read(context, environment.Register(LoaderSignature), CreateHead);
        return new ImageAttentionTransformer(
            description["columns"].Deserialize<ImageAttentionColumns>(Json)!,
            SharedModel<ImageTaskModel>.Hold(model, nameof(ImageAttentionTransformer)),
            model.Processor,
            (int)description["batch_size"]!);
    }
}
