using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>
/// Options of a model that learns from images and their captions to give both vectors in one space, near each other where they belong
/// together: <see href="https://arxiv.org/abs/2103.00020">CLIP, Radford et al., 2021</see>.
/// </summary>
/// <remarks>
/// With <see cref="FineTuningOptions.PretrainedFolder"/> a published model is trained on, with its tokenizer; without, <see cref="Model"/>
/// starts from random weights and a vocabulary is learnt from the captions. The greater the batch, the more there is to tell apart.
/// </remarks>
public sealed record ContrastiveImageTextOptions : FineTuningOptions
{
    /// <summary>The options as published, but for rates that suit small models.</summary>
    public ContrastiveImageTextOptions()
    {
        Schedule = Schedule.Cosine;
        WeightDecay = 0.2;
        Beta2 = 0.98;
        Epsilon = 1e-6;
    }

    /// <summary>Two towers that learn on a CPU: images of 32 by 32 pixels in patches of 4, 4 layers each, 128 wide.</summary>
    public static ClipConfig Small { get; } = new()
    {
        ProjectionSize = 128,
        Vision = new ClipVisionConfig { ImageSize = 32, PatchSize = 4, HiddenSize = 128, Layers = 4, Heads = 4, InnerSize = 512 },
        Text = new ClipTextConfig { HiddenSize = 128, Layers = 4, Heads = 4, InnerSize = 512, MaxLength = 32 },
    };

    /// <summary>The image: an image, the bytes of an encoded one, or the path of its file.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>In training, what the image shows.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>The name of the output with where the image lies, a vector of Single of a known size and of length 1.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>The name of an output with where the text lies; null for none, and then only training reads texts.</summary>
    public string? TextFeaturesColumnName { get; init; }

    /// <summary>The model to train from scratch; its vocabulary follows from the data.</summary>
    public ClipConfig Model { get; init; } = Small;

    /// <summary>How many pieces the vocabulary that is learnt from scratch has at most.</summary>
    public int VocabularySize { get; init; } = 8192;

    /// <summary>How images become what the model reads; null for what the model that training starts from says, otherwise what is usual for CLIP.</summary>
    public ImageProcessor? Processor { get; init; }

    /// <summary>What is done to an image each time that it is learnt from, one after another, drawn by the seed; none by default.</summary>
    public IReadOnlyList<ImageAugmentation> Augmentations { get; init; } = [];

    /// <summary>Images, each with its text, in one batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Whether images whose texts are the same are not pushed away from each other's, as is good for captions out of a few templates.</summary>
    public bool SparesEqualTexts { get; init; } = true;

    private protected override double ScratchLearningRate => 1e-3;

    private protected override Batching Batching => new FixedSize(BatchSize, Window: 1);

    /// <summary>The task, for vectors of that width.</summary>
    internal ImageTextMatching Bind(int width) => new(new(ImageColumnName, TextColumnName, OutputColumnName, TextFeaturesColumnName), width);

    internal override void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 2);
        base.Require();
        ArgumentException.ThrowIfNullOrEmpty(ImageColumnName);
        ArgumentException.ThrowIfNullOrEmpty(TextColumnName);
        ArgumentException.ThrowIfNullOrEmpty(OutputColumnName);
        ArgumentNullException.ThrowIfNull(Model);
        ArgumentNullException.ThrowIfNull(Augmentations);
        ArgumentOutOfRangeException.ThrowIfLessThan(VocabularySize, 1);
    }
}
