using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>
/// How text is generated: a <c>generation_config.json</c>. What is null is not in the file, and has the published default.
/// See <see href="https://huggingface.co/docs/transformers/main_classes/text_generation">the published options</see>.
/// </summary>
public sealed partial record GenerationConfig
{
    /// <summary>The name of its file in a model's folder.</summary>
    public const string FileName = "generation_config.json";

    /// <summary>Tokens at most, those of the prompt included; null for 20. Of a decoder that has an encoder, the target alone counts, its start token included.</summary>
    [JsonPropertyName("max_length")]
    public int? MaxLength { get; init; }

    /// <summary>New tokens at most; null for what <see cref="MaxLength"/> leaves.</summary>
    [JsonPropertyName("max_new_tokens")]
    public int? MaxNewTokens { get; init; }

    /// <summary>Tokens at least, counted as for <see cref="MaxLength"/>; null for 0.</summary>
    [JsonPropertyName("min_length")]
    public int? MinLength { get; init; }

    /// <summary>New tokens at least; null for 0.</summary>
    [JsonPropertyName("min_new_tokens")]
    public int? MinNewTokens { get; init; }

    /// <summary>When beam search has found enough; null for <see cref="EarlyStopping.Heuristic"/>.</summary>
    [JsonPropertyName("early_stopping")]
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Texts at which generation ends; null for none.</summary>
    [JsonPropertyName("stop_strings"), JsonConverter(typeof(OneOrMoreConverter<string>))]
    public IReadOnlyList<string>? StopStrings { get; init; }

    /// <summary>Whether tokens are drawn at random; null for not.</summary>
    [JsonPropertyName("do_sample")]
    public bool? Samples { get; init; }

    /// <summary>Seed of the random draws; null for another one each time. Not among the published options.</summary>
    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    /// <summary>Number of beams; null for 1, no beam search.</summary>
    [JsonPropertyName("num_beams")]
    public int? Beams { get; init; }

    /// <summary>Number of groups that the beams are divided into, each kept unlike those before it; null for 1. See <see href="https://arxiv.org/abs/1610.02424">Diverse Beam Search</see>.</summary>
    [JsonPropertyName("num_beam_groups")]
    public int? BeamGroups { get; init; }

    /// <summary>Subtracted from a token's log-probability for each beam of an earlier group that has taken it at the same step; null for 0.</summary>
    [JsonPropertyName("diversity_penalty")]
    public double? DiversityPenalty { get; init; }

    /// <summary>Exponent of the length that a beam's log-probability is divided by; null for 1. More prefers longer texts.</summary>
    [JsonPropertyName("length_penalty")]
    public double? LengthPenalty { get; init; }

    /// <summary>Texts that every answer must hold, as token ids; null for none. See <see href="https://arxiv.org/abs/1804.06609">Post and Vilar, 2018</see>.</summary>
    [JsonPropertyName("force_words_ids")]
    public IReadOnlyList<ForcedWords>? ForcedWords { get; init; }

    /// <summary>Number of answers for each input; null for 1.</summary>
    [JsonPropertyName("num_return_sequences")]
    public int? Answers { get; init; }

    /// <summary>Weight of what a token repeats, against its probability, in contrastive search; null for no such search. See <see href="https://arxiv.org/abs/2202.06417">SimCTG</see>.</summary>
    [JsonPropertyName("penalty_alpha")]
    public double? ContrastivePenalty { get; init; }

    /// <summary>Tokens that are looked up in the text so far as a guess of what follows; null for no guess.</summary>
    [JsonPropertyName("prompt_lookup_num_tokens")]
    public int? LookupTokens { get; init; }

    /// <summary>Whether keys and values are kept between steps; null for yes.</summary>
    [JsonPropertyName("use_cache")]
    public bool? UsesCache { get; init; }

    /// <summary>How keys and values are kept: <c>dynamic</c>, <c>static</c> or <c>sliding_window</c>; null for <c>dynamic</c>.</summary>
    [JsonPropertyName("cache_implementation")]
    public string? CacheKind { get; init; }

    /// <summary>The token that starts a text; null for none.</summary>
    [JsonPropertyName("bos_token_id")]
    public int? BosId { get; init; }

    /// <summary>The tokens that end a text; null for none.</summary>
    [JsonPropertyName("eos_token_id"), JsonConverter(typeof(OneOrMoreConverter<int>))]
    public IReadOnlyList<int>? EosIds { get; init; }

    /// <summary>The token that fills up; null for the model's.</summary>
    [JsonPropertyName("pad_token_id")]
    public int? PaddingId { get; init; }

    /// <summary>The token that a decoder with an encoder starts with; null for <see cref="BosId"/>.</summary>
    [JsonPropertyName("decoder_start_token_id")]
    public int? DecoderStartId { get; init; }

    /// <summary>Published keys that this library does not use; they survive reading and writing.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherKeys { get; init; }

    /// <summary>How the next token is chosen, as the options say it together.</summary>
    [JsonIgnore]
    public GenerationStrategy Strategy => this switch
    {
        { ForcedWords.Count: > 0 } or { Beams: > 1 } => new BeamSearch(Beams ?? 1, BeamGroups ?? 1, Samples ?? false, ForcedWords ?? []),
        { ContrastivePenalty: > 0, Samples: not true } when (TopK ?? DefaultTopK) > 1 => new ContrastiveSearch(TopK ?? DefaultTopK, ContrastivePenalty.Value),
        { Samples: true } => new Sampling(),
        _ => new GreedySearch(),
    };

    /// <summary>The config as the text of a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GenerationJson.Format);

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="InvalidDataException">The text is no such config.</exception>
    public static GenerationConfig FromJson(string json) => GenerationJson.Read(json);

    /// <summary>What a model's own config says, for a folder that has no file of its own.</summary>
    /// <param name="config">Its special tokens, and the options that older folders keep among its other keys.</param>
    /// <exception cref="InvalidDataException">One of these options has a value of the wrong kind.</exception>
    public static GenerationConfig Of(TextConfig config) => GenerationJson.ReadOptions(config);

    /// <summary>How many new tokens there may be after so many.</summary>
    internal int MaxNewAfter(int promptLength) => MaxNewTokens ?? (MaxLength ?? DefaultMaxLength) - promptLength;

    /// <summary>How many new tokens there must be after so many.</summary>
    internal int MinNewAfter(int promptLength) => Math.Max(MinNewTokens ?? 0, (MinLength ?? 0) - promptLength);
}
