using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="ImageFeaturizingEstimator"/>: the columns, the model, and how its states become features.</summary>
public sealed record ImageFeaturizingOptions
{
    /// <summary>The name of the output: one vector of <see cref="float"/> a row, of a size that is known before any row is read.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>The image: an image, the bytes of an encoded one, or the path of its file.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>A Hugging Face folder with the model; null where the model is in memory.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>A model trained in this process, whose backbone and preprocessing are copied; null where it comes from a folder.</summary>
    public FineTunedImageTransformer? Model { get; init; }

    /// <summary>What features are made of; null for what the model's family classifies by, and for CLIP the place among texts.</summary>
    public ImageFeatures? Features { get; init; }

    /// <summary>Whether vectors, or those of each patch, are scaled to a Euclidean norm of 1.</summary>
    public bool Normalizes { get; init; }

    /// <summary>How images become what the model reads, such as of another size; null for what the folder or the model says.</summary>
    public ImageProcessor? Processor { get; init; }

    /// <summary>Images in one batch; they are decoded side by side.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The CUDA device to use; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(ImageColumnName);
        if (PretrainedFolder is null == Model is null)
            throw new ArgumentException($"Exactly one of {nameof(PretrainedFolder)} and {nameof(Model)} must be set.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (Features is { } features && !Enum.IsDefined(features))
            throw new ArgumentOutOfRangeException(nameof(Features), features, "There are no such features.");
    }
}
