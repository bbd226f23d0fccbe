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
}
