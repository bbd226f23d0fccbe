using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class MixingTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.8)]
    [InlineData(1)]
    [InlineData(5)]
    public void SharesHaveTheMomentsOfTheBetaDistribution(double alpha)
    {
        const int Count = 40_000;
        var random = new Random(1);
        double[] draws = [.. Enumerable.Range(0, Count).Select(_ => BetaDistribution.Draw(alpha, random))];
        var variance = 1 / (4 * (2 * alpha + 1));
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
        Assert.Equal(0.5, draws.Average(), 5 * Math.Sqrt(variance / Count));
        Assert.Equal(variance, draws.Average(draw => (draw - 0.5) * (draw - 0.5)), 0.02 * variance);
    }

    [Fact]
    public void SharesAreDistributedAsBetaDrawsAre()
    {
        // Where the cumulated distribution has a closed form: the arcsine law, the uniform one, and a parabola's.
        Follows(0.5, x => 2 / Math.PI * Math.Asin(Math.Sqrt(x)));
        Follows(1, x => x);
        Follows(2, x => x * x * (3 - 2 * x));

        static void Follows(double alpha, Func<double, double> cumulated)
        {
            const int Count = 20_000;
            var random = new Random(2);
            double[] draws = [.. Enumerable.Range(0, Count).Select(_ => BetaDistribution.Draw(alpha, random)).Order()];
            var distance = draws.Index().Max(draw => Math.Max(cumulated(draw.Item) - draw.Index / (double)Count, (draw.Index + 1.0) / Count - cumulated(draw.Item)));
            // Kolmogorov's statistic exceeds this one time in a thousand.
            Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Count));
        }
    }

    [Fact]
    public void TinyShapesGiveSharesToo() =>
        Assert.All(Enumerable.Range(0, 1000), seed => Assert.InRange(BetaDistribution.Draw(1e-4, new Random(seed)), 0, 1));

    [Fact]
    public void MixupIsAMeanOfTwoImagesAndOfTheirClasses()
    {
        using var scope = NewDisposeScope();
        var (pixels, shares) = (rand(3, 2, 4, 5), eye(3));
        var mix = new ImageMix(0.3, null);
        var (own, mixed, classes) = (Tensors.Values(pixels), Tensors.Values(mix.Pixels(pixels)), Tensors.Values(mix.Shares(shares)));
        for (var image = 0; image < 3; image++)
        {
            for (var i = 0; i < 40; i++)
                Assert.Equal(0.3 * own[image * 40 + i] + 0.7 * own[(2 - image) * 40 + i], mixed[image * 40 + i], 1e-6);
            for (var c = 0; c < 3; c++)
                Assert.Equal((image == c ? 0.3 : 0) + (2 - image == c ? 0.7 : 0), classes[image * 3 + c], 1e-6);
        }
    }

    [Fact]
    public void CutMixTakesARectangleAndAsMuchOfTheClass()
    {
        using var scope = NewDisposeScope();
        var mixing = new Mixing { MixupAlpha = 0 };
        var pixels = rand(2, 3, 6, 9);
        var own = Tensors.Values(pixels);
        for (var seed = 0; seed < 50; seed++)
        {
            var mix = mixing.Draw(new Random(seed), 6, 9)!;
            var cut = Assert.NotNull(mix.Cut);
            var mixed = Tensors.Values(mix.Pixels(pixels));
            var kept = 0;
            for (var i = 0; i < own.Length; i++)
            {
                var (image, channel, row, column) = (i / 162, i / 54 % 3, i / 9 % 6, i % 9);
                var isCut = row >= cut.Top && row < cut.Top + cut.Height && column >= cut.Left && column < cut.Left + cut.Width;
                kept += isCut ? 0 : 1;
                Assert.Equal(own[isCut ? (1 - image) * 162 + channel * 54 + row * 9 + column : i], mixed[i]);
            }
            Assert.Equal(kept / (double)own.Length, mix.Kept, 1e-9);
        }
        Assert.Equal(own, Tensors.Values(pixels));
    }

    [Theory]
    [InlineData(1, 1, 0.25)]
    [InlineData(1, 0, 0.5)]
    [InlineData(0, 1, 0.5)]
    public void ProbabilitiesDecideWhichMixingThereIs(double mixup, double cutMix, double switches)
    {
        const int Count = 20_000;
        var mixing = new Mixing { MixupAlpha = mixup, CutMixAlpha = cutMix, Probability = 0.6, SwitchProbability = switches };
        var random = new Random(3);
        var mixes = Enumerable.Range(0, Count).Select(_ => mixing.Draw(random, 8, 8)).OfType<ImageMix>().ToList();
        Assert.Equal(0.6, mixes.Count / (double)Count, 0.02);
        var expected = mixup == 0 ? 1 : cutMix == 0 ? 0 : switches;
        Assert.Equal(expected, mixes.Count(mix => mix.Cut is not null) / (double)mixes.Count, 0.02);
        Assert.Null(new Mixing { MixupAlpha = 0, CutMixAlpha = 0 }.Draw(random, 8, 8));
    }

    [Fact]
    public void ImpossibleMixingIsNamed()
    {
        Refused(new Mixing { MixupAlpha = -1 }, nameof(Mixing.MixupAlpha));
        Refused(new Mixing { CutMixAlpha = double.NaN }, nameof(Mixing.CutMixAlpha));
        Refused(new Mixing { Probability = 1.1 }, nameof(Mixing.Probability));
        Refused(new Mixing { SwitchProbability = double.NaN }, nameof(Mixing.SwitchProbability));

        static void Refused(Mixing mixing, string name)
        {
            using var model = TinyImages.Create();
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new ImageClassificationTask(model, TinyImages.Processor) { Mixing = mixing }).ParamName);
        }
    }
}
