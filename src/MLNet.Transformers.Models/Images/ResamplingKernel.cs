namespace MLNet.Transformers.Models;

/// <summary>A filter as a function of the distance, in pixels of the coarser of the two images.</summary>
/// <param name="Support">Distance beyond which every weight is zero.</param>
/// <param name="Weight">The weight at a distance.</param>
internal sealed record ResamplingKernel(double Support, Func<double, double> Weight)
{
    private static readonly ResamplingKernel Box = new(0.5, x => x is > -0.5 and <= 0.5 ? 1 : 0);
    private static readonly ResamplingKernel Bilinear = new(1, x => Math.Max(0, 1 - Math.Abs(x)));
    private static readonly ResamplingKernel Hamming = new(1, x => Math.Abs(x) < 1 ? Sinc(Math.Abs(x)) * Window(Math.Abs(x)) : 0);
    private static readonly ResamplingKernel Bicubic = new(2, x => Cubic(Math.Abs(x)));
    private static readonly ResamplingKernel Lanczos = new(3, x => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0);

    /// <exception cref="ArgumentOutOfRangeException">The filter is none that weighs several pixels.</exception>
    public static ResamplingKernel Of(ResamplingFilter filter) => filter switch
    {
        ResamplingFilter.Box => Box,
        ResamplingFilter.Bilinear => Bilinear,
        ResamplingFilter.Hamming => Hamming,
        ResamplingFilter.Bicubic => Bicubic,
        ResamplingFilter.Lanczos => Lanczos,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "There is no such resampling filter."),
    };

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    // The window's two numbers have single precision in Pillow, which moves some weights by their last bit.
    private static double Window(double x) => x == 0 ? 1 : 0.54f + (0.46f * Math.Cos(x * Math.PI));

    // Keys' cubic convolution with a = -1/2: https://ieeexplore.ieee.org/document/1163711
    private static double Cubic(double x) => x switch
    {
        < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
        < 2 => ((((x - 5) * x) + 8) * x - 4) * -0.5,
        _ => 0,
    };
}
