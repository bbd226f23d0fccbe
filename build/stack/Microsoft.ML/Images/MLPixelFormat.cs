namespace Microsoft.ML.Data;

/// <summary>The order of the four bytes of a pixel.</summary>
public enum MLPixelFormat
{
    Unknown,

    /// <summary>Blue, green, red, alpha.</summary>
    Bgra32,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba32,
}
