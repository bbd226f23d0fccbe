using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>An encoder with a head, and the config that says how it was built.</summary>
public sealed class TextModel : Module<TokenBatch, Tensor>
{
    private readonly TextBackbone backbone;
    private readonly Head head;

    /// <param name="config">The encoder's config.</param>
    /// <param name="backbone">The encoder.</param>
    /// <param name="head">What makes hidden states an answer.</param>
    public TextModel(TextConfig config, TextBackbone backbone, Head head)
        : base(nameof(TextModel))
    {
        Config = config;
        this.backbone = backbone;
        this.head = head;
        RegisterComponents();
    }

    /// <summary>How the model was built.</summary>
    public TextConfig Config { get; }

    /// <summary>The encoder by itself, for its hidden states.</summary>
    public TextBackbone Backbone => backbone;

    /// <summary>What makes hidden states an answer.</summary>
    public Head Head => head;

    /// <summary>A model with fresh random weights.</summary>
    /// <param name="config">Sizes, and whatever the head needs to know.</param>
    /// <param name="createHead">Makes the head for the config and the encoder that it will stand on.</param>
    /// <exception cref="ArgumentException">The config lacks something that the head needs.</exception>
    /// <exception cref="NotSupportedException">No such architecture is known.</exception>
    public static TextModel Create(TextConfig config, Func<TextConfig, TextBackbone, Head> createHead)
    {
        var backbone = Architectures.Find(config.ModelType).Build<TextBackbone>(config);
        var head = createHead(config, backbone);
        var model = new TextModel(config with { PublishedClasses = PublishedClass.Of(config, head) }, backbone, head);
        config.Initialize(model);
        return model;
    }

    /// <summary>A classifier with fresh random weights, one score for each of the config's labels.</summary>
    /// <param name="config">Sizes, labels and pooling.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    /// <exception cref="NotSupportedException">No such architecture is known.</exception>
    public static TextModel ForClassification(TextConfig config) => Create(config, SequenceClassification.Of);

    /// <summary>The head's answer.</summary>
    /// <returns>What the head gives: for classification the scores before any softmax, (batch, classes). In single precision, even where the model has fewer bits.</returns>
    /// <exception cref="ArgumentException">The batch has no source, and the model reads one.</exception>
    public override Tensor forward(TokenBatch batch)
    {
        using var hidden = IsReadTwice(batch) ? ReadTwice(batch) : backbone.call(batch);
        return head.call(hidden, batch).Widen();
    }

    /// <summary>Whether a text without a source is one itself: a head that writes nothing asks what the text is.</summary>
    private bool IsReadTwice(TokenBatch batch) =>
        backbone is EncoderDecoder && head is not VocabularyHead && batch.Source is null && batch.SourceStates is null;

    /// <summary>
    /// The states of a decoder that reads what its encoder has read, one place later, as the classifier of
    /// <see href="https://arxiv.org/abs/1910.13461">BART</see> does: at the last token it has seen all of the text.
    /// </summary>
    private Tensor ReadTwice(TokenBatch batch)
    {
        var first = Config.DecoderStartId ?? throw new NotSupportedException("The model's config names no token that a decoder starts from (decoder_start_token_id).");
        using var start = full([batch.Count, 1], first, ScalarType.Int64, batch.Ids.device);
        using var earlier = batch.Ids.narrow(1, 0, batch.Length - 1);
        using var targets = cat([start, earlier], 1);
        return backbone.call(batch.AsSourceOf(targets));
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
