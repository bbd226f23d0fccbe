using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// Whether self-distillation has collapsed: section 5.3 of <see href="https://arxiv.org/abs/2104.14294">Caron et al., 2021</see>. A teacher
/// that says the same of every image teaches nothing, be it always the same prototype or all of them alike. In nats.
/// </summary>
/// <param name="Entropy">The mean entropy of the teacher's shares for an image: 0 where it always knows one prototype, the logarithm of their number where it knows none.</param>
/// <param name="MeanEntropy">The entropy of the teacher's mean shares: 0 where all images have the same prototype.</param>
/// <param name="Divergence">The mean Kullback-Leibler divergence of the student's shares from the teacher's: what the student still has to learn; 0 when all has collapsed.</param>
public sealed record CollapseMeasures(double Entropy, double MeanEntropy, double Divergence)
{
    /// <summary>What the teacher's prototype tells of which image it was: 0 for either collapse.</summary>
    public double Information => MeanEntropy - Entropy;

    /// <summary>Measures a batch.</summary>
    /// <param name="teacherShares">(batch, prototypes).</param>
    /// <param name="logShares">The logarithms of the student's shares of the same images, (batch, prototypes).</param>
    internal static CollapseMeasures Of(Tensor teacherShares, Tensor logShares)
    {
        using var scope = NewDisposeScope();
        var entropy = EntropyOf(teacherShares);
        var crossEntropy = -teacherShares.mul(logShares).sum(1L).mean().to(ScalarType.Float64).item<double>();
        return new CollapseMeasures(entropy, EntropyOf(teacherShares.mean([0], keepdim: true)), crossEntropy - entropy);
    }

    /// <summary>The mean entropy of rows of shares.</summary>
    private static double EntropyOf(Tensor shares) => -shares.xlogy(shares).sum(1L).mean().to(ScalarType.Float64).item<double>();
}
