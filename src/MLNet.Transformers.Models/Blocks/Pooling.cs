using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>How the hidden states of a sequence become one vector.</summary>
[JsonConverter(typeof(PoolingConverter))]
public enum Pooling
{
    /// <summary>The state of the first token.</summary>
    Cls,

    /// <summary>The mean over the tokens.</summary>
    Mean,

    /// <summary>The greatest value of each column over the tokens.</summary>
    Max,

    /// <summary>The mean, then the maximum: a vector of twice the width.</summary>
    MeanMax,

    /// <summary>The sum over the tokens, divided by the square root of their number.</summary>
    MeanSqrt,

    /// <summary>The mean over the tokens, each counted as often as its position says, from 1: <see href="https://arxiv.org/abs/2202.08904">SGPT</see>.</summary>
    WeightedMean,

    /// <summary>The state of the last token.</summary>
    Last,

    /// <summary>The state that a family's classifier reads, mostly that of the first token, through the map and activation published for it; a head brings them.</summary>
    Pooler,
}
