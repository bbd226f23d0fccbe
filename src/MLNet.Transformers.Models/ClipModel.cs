using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A tower for images and one for texts that share a space: <see href="https://arxiv.org/abs/2103.00020">CLIP</see>.</summary>
public sealed class ClipModel : Module<ImageBatch, TokenBatch, Tensor>
{
    private readonly ImageModel image;
    private readonly TextModel text;
    private readonly Parameter logitScale;

    /// <param name="config">How the towers were built.</param>
    /// <param name="image">Images to vectors.</param>
    /// <param name="text">Texts to vectors of the same width.</param>
    public ClipModel(ClipConfig config, ImageModel image, TextModel text)
        : base(nameof(ClipModel))
    {
        Config = config with { PublishedClasses = ["CLIPModel"] };
        this.image = image;
        this.text = text;
        logitScale = OwnedParameter.Of(tensor((float)config.LogitScale));
        RegisterComponents();
    }

    /// <summary>How the model was built.</summary>
    public ClipConfig Config { get; }

    /// <summary>Images to vectors of any length.</summary>
    public ImageModel ImageTower => image;

    /// <summary>Texts to vectors of any length.</summary>
    public TextModel TextTower => text;

    /// <summary>Natural logarithm of what cosines are multiplied by, one learned value.</summary>
    public Tensor LogitScale => logitScale;

    /// <summary>A model with fresh random weights.</summary>
    public static ClipModel Create(ClipConfig config)
    {
        var model = Clip.Architecture.Build<ClipModel>(config);
        config.Initialize(model);
        return model;
    }

    /// <summary>Where images lie in the space that they share with texts.</summary>
    /// <returns>(batch, width), each of length 1, in single precision.</returns>
    /// <exception cref="ArgumentException">The images have another number of channels, or not a whole number of patches.</exception>
    public Tensor ImageFeatures(ImageBatch images)
    {
        using var vectors = image.call(images);
        return functional.normalize(vectors);
    }

    /// <summary>Where texts lie in the space that they share with images.</summary>
    /// <returns>(batch, width), each of length 1, in single precision.</returns>
    /// <exception cref="ArgumentException">A text is too long, or does not end.</exception>
    public Tensor TextFeatures(TokenBatch texts)
    {
        using var vectors = text.call(texts);
        return functional.normalize(vectors);
    }

    /// <summary>
    /// Where classes lie of which nothing but texts is known: in the middle of their texts, at length 1. Section 3.1.4 of
    /// <see href="https://arxiv.org/abs/2103.00020">the paper</see>. Scores of images with these are those of a zero-shot classifier.
    /// </summary>
    /// <param name="prompts">The texts of each class, such as templates with its name in them; at least one each.</param>
    /// <param name="device">Where the model is; null for the CPU.</param>
    /// <param name="batchSize">Greatest number of texts that are read at once.</param>
    /// <returns>(classes, width), without gradients.</returns>
    /// <exception cref="ArgumentException">A class has no text, or a text is too long, or does not end.</exception>
    public Tensor ClassFeatures(IReadOnlyList<IReadOnlyList<TokenSequence>> prompts, Device? device = null, int batchSize = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (prompts.Count == 0 || prompts.Any(texts => texts.Count == 0))
            throw new ArgumentException("Every class needs at least one text.", nameof(prompts));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var features = cat([.. prompts.SelectMany(texts => texts).Chunk(batchSize).Select(Read)], 0);
        var middles = features.split([.. prompts.Select(texts => (long)texts.Count)], 0).Select(texts => texts.mean([0]));
        return functional.normalize(stack([.. middles], 0)).MoveToOuterDisposeScope();

        Tensor Read(TokenSequence[] texts)
        {
            using var batch = TokenBatch.Pad(texts, Config.Text.PaddingId, device: device);
            return TextFeatures(batch);
        }
    }

    /// <summary>How well each text fits each image, before any softmax: cosines, multiplied by what was learnt for it.</summary>
    /// <param name="imageFeatures">(images, width), of length 1.</param>
    /// <param name="textFeatures">(texts, width), of length 1.</param>
    /// <returns>(images, texts).</returns>
    public Tensor Scores(Tensor imageFeatures, Tensor textFeatures)
    {
        using var turned = textFeatures.t();
        using var cosines = imageFeatures.matmul(turned);
        using var factor = logitScale.exp();
        return cosines.mul(factor);
    }

    /// <summary>How well each text fits each image, before any softmax.</summary>
    /// <returns>(images, texts).</returns>
    public override Tensor forward(ImageBatch images, TokenBatch texts)
    {
        using var imageFeatures = ImageFeatures(images);
        using var textFeatures = TextFeatures(texts);
        return Scores(imageFeatures, textFeatures);
    }

    /// <summary>Writes the weights as safetensors, under their published names.</summary>
    public void SaveWeights(Stream stream) => ModelFolder.WriteWeights(this, Config, stream);

    /// <summary>Reads what <see cref="SaveWeights"/> has written.</summary>
    /// <param name="stream">A stream that can be read; it need not seek.</param>
    /// <param name="origin">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The stream is no safetensors, or ends too soon.</exception>
    /// <exception cref="WeightMismatchException">The weights do not fit the model.</exception>
    public void LoadWeights(Stream stream, string origin) => ModelFolder.ReadWeights(this, Config, stream, origin);
}
