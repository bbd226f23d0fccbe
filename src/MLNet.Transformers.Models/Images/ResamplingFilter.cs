namespace MLNet.Transformers.Models;

/// <summary>How pixels are weighed when an image is resized; the numbers are the published ones of <see href="https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters">Pillow</see>.</summary>
public enum ResamplingFilter
{
    /// <summary>The one pixel that lies nearest.</summary>
    Nearest = 0,

    /// <summary>A windowed sinc, three pixels to each side.</summary>
    Lanczos = 1,

    /// <summary>A triangle, one pixel to each side.</summary>
    Bilinear = 2,

    /// <summary>Cubic convolution, two pixels to each side.</summary>
    Bicubic = 3,

    /// <summary>Equal weights, half a pixel to each side.</summary>
    Box = 4,

    /// <summary>A sinc in a Hamming window, one pixel to each side.</summary>
    Hamming = 5,
}
