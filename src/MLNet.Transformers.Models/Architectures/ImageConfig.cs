using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What the <c>config.json</c> of every family that reads images has, under one vocabulary; each family maps it to its published keys.</summary>
public abstract record ImageConfig : ModelConfig
{
    /// <summary>The size of the images that the model is made for.</summary>
    [JsonIgnore]
    public abstract PixelSize ImageSize { get; init; }

    /// <summary>The size of a patch.</summary>
    [JsonIgnore]
    public abstract PixelSize PatchSize { get; init; }

    /// <summary>Number of channels of an image: 3 for colours, 1 for grey.</summary>
    [JsonIgnore]
    public abstract int Channels { get; init; }

    /// <summary>Number of layers.</summary>
    [JsonIgnore]
    public abstract int Layers { get; init; }

    /// <summary>Width of what the layers give in the end.</summary>
    [JsonIgnore]
    public abstract int OutputSize { get; }

    /// <summary>Standard deviation of fresh weights.</summary>
    [JsonIgnore]
    public abstract double InitializerRange { get; init; }

    /// <summary>How a classifier makes one vector of the tokens.</summary>
    [JsonIgnore]
    public virtual ImagePooling Pooling => ImagePooling.ClassToken;

    /// <summary>The norm that a classifier puts after its pooling; null for none.</summary>
    [JsonIgnore]
    public virtual NormStyle? PoolingNorm => null;

    /// <summary>The head that the family's classifiers have, one score for each label.</summary>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    public virtual ImageHead CreateClassifier(ImageBackbone backbone) => ImageClassification.Of(this, backbone);

    /// <inheritdoc/>
    internal override void Initialize(Module model) => Initialization.Normal(model, InitializerRange);

    /// <summary>Reads the text of a <c>config.json</c> of any family that reads images.</summary>
    /// <exception cref="InvalidDataException">The text is no such config.</exception>
    /// <exception cref="NotSupportedException">The family is unknown, or reads no images.</exception>
    public static new ImageConfig FromJson(string json) => FromJson<ImageConfig>(json);
}
