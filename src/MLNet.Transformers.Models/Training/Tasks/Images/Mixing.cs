namespace MLNet.Transformers.Models;

/// <summary>
/// Mixes each image of a batch with another one, and their classes by the same shares: all pixels, as in mixup
/// (<see href="https://arxiv.org/abs/1710.09412">Zhang et al., 2018</see>), or a rectangle of them, as in cutmix
/// (<see href="https://arxiv.org/abs/1905.04899">Yun et al., 2019</see>). A batch is mixed in one way, the first image with the last
/// and so on, as <see href="https://huggingface.co/docs/timm/reference/data">timm</see> does. The strengths are those of
/// <see href="https://arxiv.org/abs/2012.12877">DeiT</see>.
/// </summary>
public sealed record Mixing
{
    /// <summary>The shape of the beta distribution that mixup's share is drawn from; 0 for no mixup.</summary>
    public double MixupAlpha { get; init; } = 0.8;

    /// <summary>The shape of the beta distribution that cutmix's share is drawn from; 0 for no cutmix.</summary>
    public double CutMixAlpha { get; init; } = 1;

    /// <summary>Probability with which a batch is mixed at all.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Probability with which it is cutmix that a batch is mixed by, where both are on.</summary>
    public double SwitchProbability { get; init; } = 0.5;

    /// <summary>How a batch is to be mixed; null for not at all.</summary>
    /// <param name="random">The source of what is random about it.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    internal ImageMix? Draw(Random random, long height, long width)
    {
        if (MixupAlpha + CutMixAlpha == 0 || random.NextDouble() >= Probability)
            return null;
        var cuts = CutMixAlpha > 0 && (MixupAlpha == 0 || random.NextDouble() < SwitchProbability);
        var kept = BetaDistribution.Draw(cuts ? CutMixAlpha : MixupAlpha, random);
        return cuts ? ImageMix.OfRectangle(kept, random, height, width) : new ImageMix(kept, null);
    }

    /// <summary>Refuses values that cannot be.</summary>
    /// <exception cref="ArgumentException">Names the value.</exception>
    internal void Require()
    {
        RequireAlpha(MixupAlpha, nameof(MixupAlpha));
        RequireAlpha(CutMixAlpha, nameof(CutMixAlpha));
        RequireShare(Probability, nameof(Probability));
        RequireShare(SwitchProbability, nameof(SwitchProbability));

        static void RequireAlpha(double value, string name)
        {
            if (!double.IsFinite(value) || value < 0)
                throw new ArgumentOutOfRangeException(name, value, "Must be a finite number, and not negative.");
        }

        static void RequireShare(double value, string name)
        {
            if (value is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(name, value, "Must be from 0 to 1.");
        }
    }
}
