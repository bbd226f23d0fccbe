using System.Text.Json.Serialization;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="ImageFeatureExtraction"/>, and what its features are.</summary>
/// <param name="ImageName">The image.</param>
/// <param name="OutputName">The output with the features.</param>
/// <param name="Features">What they are made of; null for what the model's family classifies by, or its place among texts where it has one.</param>
/// <param name="Normalizes">Whether vectors are scaled to a Euclidean norm of 1.</param>
internal sealed record ImageFeatureColumns(string ImageName, string OutputName, ImageFeatures? Features, bool Normalizes)
{
    [JsonIgnore]
    public ImageColumn Image => new(ImageName);

    /// <summary>A vector of that shape.</summary>
    public OutputColumn Output(IReadOnlyList<int> shape) => new(OutputName, new VectorDataViewType(NumberDataViewType.Single, shape.ToArray()));

    /// <summary>The features as they are given.</summary>
    /// <param name="features">(images, …, size).</param>
    public torch.Tensor Finish(torch.Tensor features) => Normalizes ? torch.nn.functional.normalize(features, dim: -1) : features.contiguous();

    /// <summary>What the features of a model's images are like: one size, or of patches their number and size.</summary>
    public IReadOnlyList<int> ShapeFor(ImageTaskModel model)
    {
        var config = model.Network.Config;
        return FeaturesOf(config) switch
        {
            ImageFeatures.PatchTokens => [checked((int)model.Grid.Count), config.OutputSize],
            ImageFeatures.ClassAndMean => [2 * config.OutputSize],
            ImageFeatures.Projection => [((ClipVisionConfig)config).ProjectionSize],
            _ => [config.OutputSize],
        };
    }

    /// <summary>What makes a model's states features.</summary>
    /// <exception cref="ArgumentException">There is no class token to make features of.</exception>
    /// <exception cref="NotSupportedException">The family shares no space with texts.</exception>
    public ImageHead CreateHead(ImageConfig config, ImageBackbone backbone) => FeaturesOf(config) switch
    {
        ImageFeatures.PatchTokens => new PatchStates(backbone.PrefixTokens),
        ImageFeatures.Projection => ImageProjection.Of(config, backbone),
        ImageFeatures.ClassToken => Pooled(ImagePooling.ClassToken, backbone),
        ImageFeatures.ClassAndMean => Pooled(ImagePooling.ClassAndMean, backbone),
        _ => Pooled(ImagePooling.Mean, backbone),
    };

    private static ImageEmbedding Pooled(ImagePooling pooling, ImageBackbone backbone) => new(new ImagePooler(pooling, backbone.PrefixTokens));

    private ImageFeatures FeaturesOf(ImageConfig config) => Features ?? (config is ClipVisionConfig ? ImageFeatures.Projection : config.Pooling switch
    {
        ImagePooling.ClassToken => ImageFeatures.ClassToken,
        ImagePooling.ClassAndMean => ImageFeatures.ClassAndMean,
        _ => ImageFeatures.Mean,
    });
}
