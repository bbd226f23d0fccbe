using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>
/// Options of a model that learns from images without labels: a student says of every view of an image what a teacher, the moving
/// average of its own weights, says of the views of nearly all of it. <see href="https://arxiv.org/abs/2104.14294">DINO, Caron et al., 2021</see>.
/// </summary>
/// <remarks>What is trained is the teacher's backbone. <see cref="ImageFineTuningOptions.Augmentations"/> are those of the <see cref="Views"/>.</remarks>
public sealed record SelfDistillationOptions : ImageFineTuningOptions
{
    /// <summary>The name of the output, a vector of Single of a known size.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>What features are made of; null for what the model's family classifies by.</summary>
    public ImageFeatures? Features { get; init; }

    /// <summary>The random views that are compared; null for two large ones and <see cref="LocalViews"/> small ones, as published.</summary>
    public DinoViews? Views { get; init; }

    /// <summary>Small views of an image, where <see cref="Views"/> is null.</summary>
    public int LocalViews { get; init; } = 8;

    /// <summary>The sizes of the projection that is trained on the backbone, and left away in the end.</summary>
    public DinoHeadSizes Projection { get; init; } = new(Prototypes: 4096, InnerSize: 1024, BottleneckSize: 256);

    /// <summary>What the student's scores are divided by before the softmax.</summary>
    public double StudentTemperature { get; init; } = 0.1;

    /// <summary>What the teacher's scores are divided by before the softmax, after it has risen.</summary>
    public double TeacherTemperature { get; init; } = 0.04;

    /// <summary>The teacher's temperature at first.</summary>
    public double TeacherTemperatureStart { get; init; } = 0.04;

    /// <summary>Share of the steps in which the teacher's temperature rises.</summary>
    public double TeacherTemperatureWarmUp { get; init; }

    /// <summary>How much the mean of the teacher's scores, which is taken from them, keeps of itself at each step.</summary>
    public double CentreMomentum { get; init; } = 0.9;

    /// <summary>How much the teacher keeps of itself at the first step; it comes to keep everything.</summary>
    public double TeacherMomentum { get; init; } = 0.996;

    /// <summary>Epochs in which the student's prototypes stay as they are.</summary>
    public int FrozenPrototypeEpochs { get; init; } = 1;

    internal override ImageTask Bind(DataViewSchema schema) => Task();

    internal override ImageTask Bind(SchemaShape schema) => Task();

    /// <summary>The training of student and teacher.</summary>
    internal DinoTask Learn(DinoModel model, ImageTaskModel start) => new(model, Views ?? DinoViews.Of(start.Processor, start.Network.Config) with { LocalViews = LocalViews })
    {
        StudentTemperature = StudentTemperature,
        TeacherTemperature = TeacherTemperature,
        TeacherTemperatureStart = TeacherTemperatureStart,
        TeacherTemperatureWarmUp = TeacherTemperatureWarmUp,
        CentreMomentum = CentreMomentum,
        TeacherMomentum = TeacherMomentum,
        FrozenPrototypeEpochs = FrozenPrototypeEpochs,
        Device = start.Device,
    };

    internal override void Require()
    {
        base.Require();
        ArgumentException.ThrowIfNullOrEmpty(OutputColumnName);
        ArgumentOutOfRangeException.ThrowIfNegative(LocalViews);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StudentTemperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TeacherTemperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TeacherTemperatureStart);
        RequireShare(TeacherTemperatureWarmUp, nameof(TeacherTemperatureWarmUp));
        RequireShare(CentreMomentum, nameof(CentreMomentum));
        RequireShare(TeacherMomentum, nameof(TeacherMomentum));
        ArgumentOutOfRangeException.ThrowIfNegative(FrozenPrototypeEpochs);
        if (Augmentations.Count > 0)
            throw new ArgumentException($"{nameof(Augmentations)} play no part here: set {nameof(Views)}.");
        if (Features == ImageFeatures.PatchTokens)
            throw new ArgumentException($"{nameof(Features)} are one vector an image in training; a featurizer of the trained model gives those of its patches.");
    }

    private ImageFeatureExtraction Task() => new(new(ImageColumnName, OutputColumnName, Features, Normalizes: false), learning: this);

    private static void RequireShare(double value, string name)
    {
        if (value is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, "Must be from 0 to 1.");
    }
}
