using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One score a class for an image, where each class is a text's place in the space that it shares with images: section 3.1 of <see href="https://arxiv.org/abs/2103.00020">CLIP</see>.</summary>
public sealed class ZeroShotClassification : ImageHead
{
    private readonly Linear projection;
    private readonly Parameter classes;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="projectionSize">Width of the space.</param>
    /// <param name="classes">Number of scores.</param>
    public ZeroShotClassification(long hiddenSize, long projectionSize, int classes)
        : base(nameof(ZeroShotClassification))
    {
        projection = Linear(hiddenSize, projectionSize, hasBias: false);
        this.classes = OwnedParameter.Of(zeros(classes, projectionSize));
        RegisterComponents();
    }

    /// <summary>The head of a config, one score for each of its labels.</summary>
    /// <param name="config">Sizes and labels.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    /// <exception cref="NotSupportedException">The family shares no space with texts.</exception>
    public static ZeroShotClassification Of(ImageConfig config, ImageBackbone backbone) => config is ClipVisionConfig clip
        ? new(clip.HiddenSize, clip.ProjectionSize, config.RequireLabels().Count)
        : throw new NotSupportedException($"Models of the family '{config.ModelType}' have no space that images share with texts.");

    /// <summary>A classifier out of a CLIP model, which stays as it is.</summary>
    /// <param name="model">Both towers.</param>
    /// <param name="labels">Name of each class.</param>
    /// <param name="textFeatures">Where each class lies, (classes, width), of length 1.</param>
    public static ImageModel Classifier(ClipModel model, IReadOnlyList<string> labels, Tensor textFeatures)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = ImageModel.Create(model.ImageTower.Config with { LabelNames = labels }, Of);
        classifier.Backbone.load_state_dict(model.ImageTower.Backbone.state_dict());
        var head = (ZeroShotClassification)classifier.Head;
        head.projection.load_state_dict(model.ImageTower.Head.state_dict().ToDictionary(pair => pair.Key[(nameof(projection).Length + 1)..], pair => pair.Value));
        head.classes.copy_(textFeatures.mul(model.LogitScale.exp()));
        return classifier;
    }

    /// <inheritdoc/>
    public override int? ReadTokens => 1;

    /// <summary>The scores before any softmax: cosines, multiplied by what was learnt for them.</summary>
    /// <param name="hidden">(batch, tokens, hidden), of which the first token is read.</param>
    /// <returns>(batch, classes).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var first = hidden.select(1, 0);
        using var projected = projection.forward(first);
        using var place = functional.normalize(projected);
        return functional.linear(place, classes);
    }
}
