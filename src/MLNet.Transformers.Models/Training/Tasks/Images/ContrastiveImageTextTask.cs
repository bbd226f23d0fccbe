using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains two towers to find each image's text among the texts of the batch, and each text's image among the images, by
/// cross-entropy over scaled cosines: section 2.3 of <see href="https://arxiv.org/abs/2103.00020">CLIP</see>. Its metric is the share
/// of images and of texts that find what belongs to them first. The more pairs in a batch, the harder it is to learn from.
/// </summary>
/// <param name="model">Both towers.</param>
/// <param name="processor">Makes images what the model reads.</param>
public sealed class ContrastiveImageTextTask(ClipModel model, ImageProcessor processor) : TrainingTask<ImageTextPair>(model)
{
    /// <summary>The greatest logarithm of what cosines are multiplied by: section 2.5 of the paper.</summary>
    internal static readonly double GreatestLogitScale = Math.Log(100);

    /// <summary>What is changed at random about each image in training, one after the other, before the processor has it.</summary>
    public IReadOnlyList<ImageAugmentation> Augmentations { get; init; } = [];

    /// <summary>
    /// Whether images whose texts are the same are not pushed away from each other's: they say nothing wrong. The paper has so many
    /// texts that hardly two are the same, and pushes.
    /// </summary>
    public bool SparesEqualTexts { get; init; } = true;

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "recall@1";

    /// <inheritdoc/>
    public override object Settings => new { Processor = processor, Augmentations, SparesEqualTexts };

    /// <inheritdoc/>
    public override int LengthOf(ImageTextPair example) => 1;

    /// <summary>The decoded images, changed at random in training.</summary>
    public override IDisposable Prepare(TrainingBatch<ImageTextPair> batch) => AugmentedImages.Batch(batch, example => example.Image, Augmentations, processor);

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<ImageTextPair> batch) => new(Loss(Scores(batch), Same(batch)), batch.Examples.Count);

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<ImageTextPair> batch)
    {
        var (scores, same) = (Scores(batch), Same(batch));
        var found = Retrieval.Recall(scores, same, 1) + Retrieval.Recall(scores.t(), same, 1);
        return new BatchScore(Loss(scores, same).item<float>() * (double)batch.Examples.Count, found / 2 * batch.Examples.Count, batch.Examples.Count);
    }

    /// <summary>Keeps what cosines are multiplied by at 100 at most.</summary>
    public override void AfterStep(IReadOnlyDictionary<string, Tensor> weights, double progress) => weights["logitScale"].clamp_max_(GreatestLogitScale);

    /// <summary>The mean of both directions' cross-entropy.</summary>
    private Tensor Loss(Tensor scores, Tensor same)
    {
        var own = arange(scores.size(0), ScalarType.Int64, Device);
        var compared = SparesEqualTexts ? scores.masked_fill(same.logical_xor(eye(scores.size(0), dtype: ScalarType.Bool, device: Device)), float.NegativeInfinity) : scores;
        return functional.cross_entropy(compared, own).add(functional.cross_entropy(compared.t(), own)).div(2);
    }

    /// <summary>How well each text fits each image, (images, texts).</summary>
    private Tensor Scores(TrainingBatch<ImageTextPair> batch)
    {
        var images = ((ImageBatch)(batch.Prepared ?? Prepare(batch))).To(Device);
        using var texts = TokenBatch.Pad([.. batch.Examples.Select(example => example.Text)], model.Config.Text.PaddingId, device: Device);
        return model.call(images, texts);
    }

    /// <summary>True where an image's text and another are the same, (images, texts): on the diagonal, and seldom elsewhere.</summary>
    private Tensor Same(TrainingBatch<ImageTextPair> batch)
    {
        var texts = batch.Examples.Select(example => string.Join(' ', example.Text.Ids)).ToArray();
        return tensor([.. texts.SelectMany(_ => texts, string.Equals)], [texts.Length, texts.Length], device: Device);
    }
}
