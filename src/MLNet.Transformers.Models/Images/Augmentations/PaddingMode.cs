using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>What stands around an image that is made larger.</summary>
[JsonConverter(typeof(SnakeCaseConverter<PaddingMode>))]
public enum PaddingMode
{
    /// <summary>One value.</summary>
    Constant,

    /// <summary>The pixels at the edge.</summary>
    Edge,

    /// <summary>The image mirrored, its edge once: c b | a b c | b a.</summary>
    Reflect,

    /// <summary>The image mirrored, its edge twice: b a | a b c | c b.</summary>
    Symmetric,
}
