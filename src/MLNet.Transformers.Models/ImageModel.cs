using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A backbone that reads images, with a head, and the config that says how they were built.</summary>
public sealed class ImageModel : Module<ImageBatch, Tensor>
{
    private readonly ImageBackbone backbone;
    private readonly ImageHead head;

    /// <param name="config">The backbone's config.</param>
    /// <param name="backbone">Images to hidden states.</param>
    /// <param name="head">What makes hidden states an answer.</param>
    public ImageModel(ImageConfig config, ImageBackbone backbone, ImageHead head)
        : base(nameof(ImageModel))
    {
        Config = config;
        this.backbone = backbone;
        this.head = head;
        RegisterComponents();
    }

    /// <summary>How the model was built.</summary>
    public ImageConfig Config { get; }

    /// <summary>The backbone by itself, for its hidden states.</summary>
    public ImageBackbone Backbone => backbone;

    /// <summary>What makes hidden states an answer.</summary>
    public ImageHead Head => head;

    /// <summary>A model with fresh random weights.</summary>
    /// <param name="config">Sizes, and whatever the head needs to know.</param>
    /// <param name="createHead">Makes the head for the config and the backbone that it will stand on.</param>
    /// <exception cref="ArgumentException">The config lacks something that the head needs.</exception>
    /// <exception cref="NotSupportedException">No such architecture is known.</exception>
    public static ImageModel Create(ImageConfig config, Func<ImageConfig, ImageBackbone, ImageHead> createHead)
    {
        var backbone = Architectures.Find(config.ModelType).Build<ImageBackbone>(config);
        var head = createHead(config, backbone);
        var model = new ImageModel(config with { PublishedClasses = PublishedClass.Of(config, head) }, backbone, head);
        config.Initialize(model);
        return model;
    }

    /// <summary>A classifier with fresh random weights, one score for each of the config's labels.</summary>
    /// <param name="config">Sizes and labels.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    /// <exception cref="NotSupportedException">No such architecture is known.</exception>
    public static ImageModel ForClassification(ImageConfig config) =>
        Create(config, (own, backbone) => own.CreateClassifier(backbone));

    /// <summary>The head's answer.</summary>
    /// <returns>What the head gives: for classification the scores before any softmax, (batch, classes). In single precision, even where the model has fewer bits.</returns>
    public override Tensor forward(ImageBatch batch)
    {
        using var hidden = head.ReadTokens is { } tokens ? backbone.ForwardFirst(batch, tokens) : backbone.call(batch);
        return head.call(hidden).Widen();
    }

    /// <summary>Writes the weights as safetensors, under their published names.</summary>
    public void SaveWeights(Stream stream) => ModelFolder.WriteWeights(this, Config, stream);

    /// <summary>Reads what <see cref="SaveWeights"/> has written.</summary>
    /// <param name="stream">A stream that can be read; it need not seek.</param>
    /// <param name="origin">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The stream is no safetensors, or ends too soon.</exception>
    /// <exception cref="WeightMismatchException">The weights do not fit the model.</exception>
    public void LoadWeights(Stream stream, string origin) => ModelFolder.ReadWeights(this, Config, stream, origin);
}
