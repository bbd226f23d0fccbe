using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>A config of a model in which every token sees only those before it, with the keys that all such families share.</summary>
public abstract record DecoderConfig : TextConfig
{
    /// <summary>The published token id that fills sequences up; null where there is none.</summary>
    [JsonPropertyName("pad_token_id")]
    public virtual int? PublishedPaddingId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int PaddingId
    {
        get => PublishedPaddingId ?? 0; // Any: masks, not ids, tell padding.
        init => PublishedPaddingId = value;
    }

    /// <summary>Whether the scores of the vocabulary are made with the token vectors.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public virtual bool IsTied { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => new(ClassifierPooling ?? Pooling.Last, null, Dropout: 0) { HasOutputBias = false };

    /// <inheritdoc/>
    [JsonIgnore]
    public override LanguageModelStyle LanguageModel => new(IsTied);
}
