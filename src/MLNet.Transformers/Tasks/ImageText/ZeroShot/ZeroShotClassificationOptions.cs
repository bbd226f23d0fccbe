using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Options of a classifier of images that knows nothing of its classes but what they are called: section 3.1 of <see href="https://arxiv.org/abs/2103.00020">CLIP</see>.</summary>
public sealed record ZeroShotClassificationOptions
{
    private const string Place = "{}";

    /// <summary>What the classes are called.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The texts that may stand beside an image of a class, <c>{}</c> for its name; where there are several, a class lies in their middle.</summary>
    public IReadOnlyList<string> Templates { get; init; } = ["a photo of a {}."];

    /// <summary>The image: an image, the bytes of an encoded one, or the path of its file.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The name of the output with one probability a class.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with the likeliest class, a key.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>A Hugging Face folder with a CLIP model; null where the model is in memory.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>A model trained in this process, of which what is needed is copied; null where it comes from a folder.</summary>
    public ImageTextTransformer? Model { get; init; }

    /// <summary>How images become what the model reads; null for what the folder or the model says.</summary>
    public ImageProcessor? Processor { get; init; }

    /// <summary>Images in one batch; they are decoded side by side.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The CUDA device to use; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>All texts of a class.</summary>
    internal IEnumerable<string> PromptsOf(string label) => Templates.Select(template => template.Replace(Place, label, StringComparison.Ordinal));

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        if (PretrainedFolder is null == Model is null)
            throw new ArgumentException($"Exactly one of {nameof(PretrainedFolder)} and {nameof(Model)} must be set.");
        if (Labels.Count < 2)
            throw new ArgumentException($"{nameof(Labels)} has fewer than two classes: there is nothing to tell apart.");
        if (Labels.Distinct().Count() < Labels.Count)
            throw new ArgumentException($"{nameof(Labels)} has the class '{Labels.CountBy(label => label).First(count => count.Value > 1).Key}' more than once.");
        if (Templates.Count == 0)
            throw new ArgumentException($"{nameof(Templates)} is empty.");
        if (Templates.FirstOrDefault(template => !template.Contains(Place, StringComparison.Ordinal)) is { } wrong)
            throw new ArgumentException($"{nameof(Templates)} has '{wrong}', without a {Place} for the name of the class.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
