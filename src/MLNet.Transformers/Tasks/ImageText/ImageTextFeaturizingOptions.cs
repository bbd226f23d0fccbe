using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="ImageTextFeaturizingEstimator"/>: the columns and the model.</summary>
public sealed record ImageTextFeaturizingOptions
{
    /// <summary>The image: an image, the bytes of an encoded one, or the path of its file; null to read texts alone.</summary>
    public string? ImageColumnName { get; init; } = "Image";

    /// <summary>The text; null to read images alone.</summary>
    public string? TextColumnName { get; init; } = "Text";

    /// <summary>The name of the output with where the image lies, a vector of Single of a known size and of length 1.</summary>
    public string ImageFeaturesColumnName { get; init; } = "ImageFeatures";

    /// <summary>The name of the output with where the text lies in the same space.</summary>
    public string TextFeaturesColumnName { get; init; } = "TextFeatures";

    /// <summary>A Hugging Face folder with a CLIP model; null where the model is in memory.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>A model trained in this process, which stays as it is; null where it comes from a folder.</summary>
    public ImageTextTransformer? Model { get; init; }

    /// <summary>How images become what the model reads; null for what the folder or the model says.</summary>
    public ImageProcessor? Processor { get; init; }

    /// <summary>Rows in one batch; images are decoded side by side.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The CUDA device to use; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        if (PretrainedFolder is null == Model is null)
            throw new ArgumentException($"Exactly one of {nameof(PretrainedFolder)} and {nameof(Model)} must be set.");
        if (ImageColumnName is null && TextColumnName is null)
            throw new ArgumentException($"{nameof(ImageColumnName)} and {nameof(TextColumnName)} are both null: there is nothing to read.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
