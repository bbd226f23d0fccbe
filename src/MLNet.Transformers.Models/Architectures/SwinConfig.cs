using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a Swin model; the defaults are those of the smallest published one.</summary>
public sealed record SwinConfig : ImageConfig
{
    /// <inheritdoc/>
    protected override string Family => "swin";

    /// <inheritdoc/>
    [JsonPropertyName("image_size")]
    public override PixelSize ImageSize { get; init; } = 224;

    /// <inheritdoc/>
    [JsonPropertyName("patch_size")]
    public override PixelSize PatchSize { get; init; } = 4;

    /// <inheritdoc/>
    [JsonPropertyName("num_channels")]
    public override int Channels { get; init; } = 3;

    /// <summary>Width of the hidden states of the first stage; each stage after it is twice as wide.</summary>
    [JsonPropertyName("embed_dim")]
    public int EmbeddingSize { get; init; } = 96;

    /// <summary>Number of layers of each stage.</summary>
    [JsonPropertyName("depths")]
    public IReadOnlyList<int> Depths { get; init; } = [2, 2, 6, 2];

    /// <summary>Number of attention heads of each stage.</summary>
    [JsonPropertyName("num_heads")]
    public IReadOnlyList<int> Heads { get; init; } = [3, 6, 12, 24];

    /// <summary>Patches from one side of a window to the other.</summary>
    [JsonPropertyName("window_size")]
    public int WindowSize { get; init; } = 7;

    /// <summary>Width inside the feed-forward blocks, as a multiple of that of the hidden states.</summary>
    [JsonPropertyName("mlp_ratio")]
    public double InnerRatio { get; init; } = 4;

    /// <summary>Whether queries, keys and values have a bias.</summary>
    [JsonPropertyName("qkv_bias")]
    public bool AttentionBias { get; init; } = true;

    /// <summary>Probability with which a value of the embedding, or of a sublayer's output, is dropped in training.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double Dropout { get; init; }

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init; }

    /// <summary>Probability with which the last layer's sublayers drop an example's output in training; layers before it drop fewer, the first one none.</summary>
    [JsonPropertyName("drop_path_rate")]
    public double DropPath { get; init; } = 0.1;

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_act")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Whether patches have vectors for their places too, which no published model has.</summary>
    [JsonPropertyName("use_absolute_embeddings")]
    public bool HasPositions { get; init; }

    /// <summary>Added to the variance in the norms of layers and in the last one.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double NormEpsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <summary>Number of layers, those of all stages together.</summary>
    /// <exception cref="NotSupportedException">It is set: each stage has a number of its own, <see cref="Depths"/>.</exception>
    [JsonIgnore]
    public override int Layers
    {
        get => Depths.Sum();
        init => throw new NotSupportedException("The stages of a Swin model have each a number of layers of its own (depths).");
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int OutputSize => WidthOf(Depths.Count - 1);

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImagePooling Pooling => ImagePooling.Mean;

    /// <summary>Width of a stage's hidden states.</summary>
    /// <param name="stage">Counted from 0.</param>
    internal int WidthOf(int stage) => EmbeddingSize << stage;

    /// <summary>Probability with which a layer's sublayers drop an example's output in training.</summary>
    /// <param name="layer">Counted from 0, through all stages.</param>
    internal double DropPathOf(int layer) => Layers == 1 ? 0 : DropPath * layer / (Layers - 1);

    /// <summary>Refuses what no model can be built of.</summary>
    /// <exception cref="InvalidDataException">The stages are none, or not as many as numbers of heads.</exception>
    /// <exception cref="NotSupportedException">Patches have vectors for their places.</exception>
    internal void Require()
    {
        if (Depths.Count == 0 || Depths.Count != Heads.Count)
            throw new InvalidDataException($"The config has {Depths.Count} stages (depths) and numbers of heads for {Heads.Count} (num_heads).");
        if (HasPositions)
            throw new NotSupportedException("Vectors for the places of a Swin model's patches (use_absolute_embeddings) are not supported.");
    }
}
