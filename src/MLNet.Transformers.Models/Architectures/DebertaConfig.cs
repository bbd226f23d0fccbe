using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a DeBERTa model of the first version.</summary>
public record DebertaConfig : EncoderConfig
{
    /// <summary>The sizes of the published base model.</summary>
    public DebertaConfig()
    {
        VocabularySize = 50265;
        Types = 0;
        NormEpsilon = 1e-7;
    }

    /// <inheritdoc/>
    protected override string Family => "deberta";

    /// <summary>Whether attention knows the distances between positions, as it does in every published model.</summary>
    [JsonPropertyName("relative_attention")]
    public bool RelativeAttention { get; init; } = true;

    /// <summary>The greatest distance that is told from greater ones; below 1 for the number of positions.</summary>
    [JsonPropertyName("max_relative_positions")]
    public int MaxRelativePositions { get; init; } = -1;

    /// <summary>Which scores of positions attention adds.</summary>
    [JsonPropertyName("pos_att_type")]
    public PositionTerms PositionTerms { get; init; } = PositionTerms.ContentToPosition | PositionTerms.PositionToContent;

    /// <summary>Whether token vectors get a position's vector too.</summary>
    [JsonPropertyName("position_biased_input")]
    public bool PositionBiasedInput { get; init; }

    /// <summary>Name of the activation after a classifier's first map.</summary>
    [JsonPropertyName("pooler_hidden_act")]
    public string PoolerActivation { get; init; } = "gelu";

    /// <summary>Probability with which a value is dropped before a classifier's first map.</summary>
    [JsonPropertyName("pooler_dropout")]
    public double PoolerDropout { get; init; }

    /// <summary>Probability with which a value is dropped before a classifier's scores; null for that of the sublayers.</summary>
    [JsonPropertyName("cls_dropout")]
    public double? ClassifierDropout { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => ClassifierPooling is null or Pooling.Cls
        ? new(Pooling.Cls, PoolerActivation, ClassifierDropout ?? Dropout, InputDropout: PoolerDropout)
        : new(ClassifierPooling.Value, null, ClassifierDropout ?? Dropout);

    /// <summary>The greatest distance that is told from greater ones.</summary>
    internal int MaxDistance => MaxRelativePositions < 1 ? Positions : MaxRelativePositions;
}

/// <summary>The config of a DeBERTa model of the second or third version.</summary>
public sealed record DebertaV2Config : DebertaConfig
{
    /// <summary>The sizes of the published base model of the third version.</summary>
    public DebertaV2Config() => VocabularySize = 128100;

    /// <inheritdoc/>
    protected override string Family => "deberta-v2";

    /// <summary>Number of buckets of distances on either side; below 1 for a vector a distance.</summary>
    [JsonPropertyName("position_buckets")]
    public int Buckets { get; init; } = -1;

    /// <summary>Whether distances go through the maps of contents, and have none of their own.</summary>
    [JsonPropertyName("share_att_key")]
    public bool SharesMaps { get; init; }

    /// <summary>How the vectors of distances are normalised: <c>layer_norm</c> or <c>none</c>.</summary>
    [JsonPropertyName("norm_rel_ebd")]
    public string DistanceNorm { get; init; } = "none";

    /// <summary>How many positions the convolution beside the first layer sees; 0 for a model without.</summary>
    [JsonPropertyName("conv_kernel_size")]
    public int ConvolutionWidth { get; init; }

    /// <summary>Into how many groups that do not mix the convolution divides the hidden states.</summary>
    [JsonPropertyName("conv_groups")]
    public int ConvolutionGroups { get; init; } = 1;

    /// <summary>Name of the activation after the convolution.</summary>
    [JsonPropertyName("conv_act")]
    public string ConvolutionActivation { get; init; } = "tanh";
}
