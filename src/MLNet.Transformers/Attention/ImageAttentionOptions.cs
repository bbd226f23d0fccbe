using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="ImageAttentionEstimator"/>: the columns, the model, and which of its attention is wanted.</summary>
public sealed record ImageAttentionOptions
{
    /// <summary>The name of the output: a vector of (layers × heads × queries × keys), or with a <see cref="Rollout"/> of (queries × keys).</summary>
    public string OutputColumnName { get; init; } = "Attention";

    /// <summary>The image: an image, the bytes of an encoded one, or the path of its file.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>A Hugging Face folder with the model; null where the model is in memory.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>A model trained or loaded in this process, whose weights are shared; null where it comes from a folder.</summary>
    public FineTunedImageTransformer? Model { get; init; }

    /// <summary>How images become what the model reads, such as of another size; null for what the folder or the model says.</summary>
    public ImageProcessor? Processor { get; init; }

    /// <summary>Rolls the layers out to one matrix; null for the weights of every layer and head.</summary>
    public AttentionRollout? Rollout { get; init; }

    /// <summary>Images in one batch at most, which are decoded side by side; there are fewer where their weights would take more than 256 MB.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The CUDA device to use for a folder's model; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(ImageColumnName);
        if (PretrainedFolder is null == Model is null)
            throw new ArgumentException($"Exactly one of {nameof(PretrainedFolder)} and {nameof(Model)} must be set.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
