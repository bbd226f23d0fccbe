using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What the <c>config.json</c> of every family that reads texts has, under one vocabulary; each family maps it to its published keys.</summary>
public abstract record TextConfig : ModelConfig
{
    /// <summary>Pooling that a classifier uses instead of its family's own; null for the family's own.</summary>
    [JsonPropertyName("classifier_pooling")]
    public Pooling? ClassifierPooling { get; init; }

    /// <summary>Number of token ids.</summary>
    [JsonIgnore]
    public abstract int VocabularySize { get; init; }

    /// <summary>Width of the hidden states.</summary>
    [JsonIgnore]
    public abstract int HiddenSize { get; init; }

    /// <summary>Width of what the layers give in the end.</summary>
    [JsonIgnore]
    public virtual int OutputSize => HiddenSize;

    /// <summary>Number of layers.</summary>
    [JsonIgnore]
    public abstract int Layers { get; init; }

    /// <summary>Number of attention heads.</summary>
    [JsonIgnore]
    public abstract int Heads { get; init; }

    /// <summary>Width inside the feed-forward blocks.</summary>
    [JsonIgnore]
    public abstract int InnerSize { get; init; }

    /// <summary>Greatest number of tokens that the model can take.</summary>
    [JsonIgnore]
    public abstract int MaxLength { get; init; }

    /// <summary>The token id that fills sequences up.</summary>
    [JsonIgnore]
    public abstract int PaddingId { get; init; }

    /// <summary>Standard deviation of fresh weights.</summary>
    [JsonIgnore]
    public abstract double InitializerRange { get; init; }

    /// <summary>What stands between the hidden states and a classifier's scores.</summary>
    [JsonIgnore]
    public abstract ClassifierStyle Classifier { get; }

    /// <summary>What stands between the hidden states and the scores of the vocabulary.</summary>
    [JsonIgnore]
    public virtual MaskedLanguageModelStyle MaskedLanguageModel => new("gelu", 1e-12);

    /// <summary>Probability with which a value is dropped before the scores of tokens, in training.</summary>
    [JsonIgnore]
    public virtual double TokenDropout => Classifier.Dropout;

    /// <summary>What stands between the hidden states and the scores of tokens and spans; null for nothing.</summary>
    [JsonIgnore]
    public virtual MaskedLanguageModelStyle? TokenMap => null;

    /// <summary>What makes hidden states scores of the next token; null for families that see what comes later, and so cannot write texts.</summary>
    [JsonIgnore]
    public virtual LanguageModelStyle? LanguageModel => null;

    /// <summary>Whether the model reads a source with one stack of layers and writes the target with another.</summary>
    [JsonIgnore]
    public virtual bool IsEncoderDecoder => false;

    /// <summary>The token that texts begin with; null where there is none.</summary>
    [JsonPropertyName("bos_token_id")]
    public int? BosId { get; init; }

    /// <summary>The tokens that texts end with, one or several; null where there are none.</summary>
    [JsonPropertyName("eos_token_id"), JsonConverter(typeof(OneOrMoreConverter<int>))]
    public IReadOnlyList<int>? EosIds { get; init; }

    /// <summary>The token that a decoder starts from; null where there is none.</summary>
    [JsonPropertyName("decoder_start_token_id")]
    public int? DecoderStartId { get; init; }

    /// <inheritdoc/>
    internal override void Initialize(Module model) => Initialization.Normal(model, InitializerRange);

    /// <summary>What <see cref="TokenMap"/> describes, with fresh weights.</summary>
    internal PredictionMap? CreateTokenMap() => TokenMap is { } style ? new PredictionMap(OutputSize, style) : null;

    /// <summary>Reads the text of a <c>config.json</c> of any family that reads texts.</summary>
    /// <exception cref="InvalidDataException">The text is no such config.</exception>
    /// <exception cref="NotSupportedException">The family is unknown, or reads no texts.</exception>
    public static new TextConfig FromJson(string json) => FromJson<TextConfig>(json);
}
