using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>What every trainer takes whose model reads images.</summary>
/// <remarks>
/// With <see cref="FineTuningOptions.PretrainedFolder"/> a published model is fine-tuned, with its preprocessing; without,
/// <see cref="Model"/> starts from random weights. The rate falls along a cosine, and <see cref="FineTuningOptions.WeightDecay"/> is
/// 0.05, unless something else is said.
/// </remarks>
public abstract record ImageFineTuningOptions : FineTuningOptions
{
    private protected ImageFineTuningOptions()
    {
        Schedule = Schedule.Cosine;
        WeightDecay = 0.05;
    }

    /// <summary>A vision transformer that learns on a CPU: images of 64 by 64 pixels in patches of 8, 6 layers, 192 wide.</summary>
    public static VitConfig Small { get; } = new()
    {
        ImageSize = 64,
        PatchSize = 8,
        HiddenSize = 192,
        Layers = 6,
        Heads = 3,
        InnerSize = 768,
    };

    /// <summary>The image: an image, the bytes of an encoded one, or the path of its file.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The model to train from scratch; its labels follow from the data.</summary>
    public ImageConfig Model { get; init; } = Small;

    /// <summary>How images become what the model reads: resized, cropped, scaled. Null: as the model that training starts from has it, otherwise what is usual for <see cref="Model"/>.</summary>
    public ImageProcessor? Processor { get; init; }

    /// <summary>Images in one batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>What is done to an image each time that it is learnt from, one after another, drawn by the seed; none by default.</summary>
    public IReadOnlyList<ImageAugmentation> Augmentations { get; init; } = [];

    private protected override double ScratchLearningRate => 1e-3;

    private protected override Batching Batching => new FixedSize(BatchSize, Window: 1);

    /// <summary>The task over columns as they are.</summary>
    internal abstract ImageTask Bind(DataViewSchema schema);

    /// <summary>The task over columns as they are promised.</summary>
    internal abstract ImageTask Bind(SchemaShape schema);

    /// <summary>The task as a published model was trained for it.</summary>
    /// <exception cref="NotSupportedException">Models are not published for the task.</exception>
    internal virtual ImageTask Bind(ImageConfig published) =>
        throw new NotSupportedException($"{GetType().Name} needs a trainer: no model can be applied without training.");

    /// <exception cref="ArgumentException">Names the option whose value cannot be.</exception>
    internal override void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        base.Require();
        ArgumentException.ThrowIfNullOrEmpty(ImageColumnName);
        ArgumentNullException.ThrowIfNull(Model);
        ArgumentNullException.ThrowIfNull(Augmentations);
    }
}
