using TorchSharp.Bridge;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

/// <summary>The one-pass step against loops over doubles written from the two papers.</summary>
public sealed class AdamStepTests : IDisposable
{
    private const double Rate = 1e-2, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Decay = 0.1;
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FollowsThePapers(bool decoupled)
    {
        manual_seed(3);
        // Both shorter than a vector and longer than a thread's share.
        Tensor[] parameters = [randn(5), randn(300, 70)];
        var expected = parameters.Select(parameter => new Expected(parameter.to(float64).data<double>().ToArray())).ToArray();
        var averages = parameters.Select(parameter => parameter.zeros_like()).ToArray();
        var squares = parameters.Select(parameter => parameter.zeros_like()).ToArray();
        for (var step = 1; step <= 5; step++)
        {
            var gradients = parameters.Select(parameter => parameter.randn_like()).ToArray();
            Assert.True(Adam.TryStep(parameters, gradients, averages, squares, step, Rate, Beta1, Beta2, Epsilon, Decay, decoupled));
            for (var i = 0; i < parameters.Length; i++)
            {
                expected[i].Step(gradients[i].to(float64).data<double>().ToArray(), step, decoupled);
                var wanted = tensor(expected[i].Values, parameters[i].shape);
                Assert.True(parameters[i].to(float64).allclose(wanted, 1e-5, 1e-6), $"parameter {i} after step {step}");
            }
        }
    }

    [Fact]
    public void LeavesEverythingAloneWhereATensorDoesNotFit()
    {
        Tensor[] parameters = [ones(4, 4), ones(4, 4).t().contiguous()[.., ..2]];
        Tensor[] likes() => [.. parameters.Select(parameter => parameter.zeros_like())];
        Assert.False(Adam.TryStep(parameters, likes(), likes(), likes(), 1, Rate, Beta1, Beta2, Epsilon, Decay, decoupled: true));
        Assert.Equal(ones(4, 4), parameters[0]);
    }

    private sealed class Expected(double[] values)
    {
        private readonly double[] mean = new double[values.Length];
        private readonly double[] square = new double[values.Length];

        public double[] Values => values;

        public void Step(double[] gradient, int step, bool decoupled)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var g = decoupled ? gradient[i] : gradient[i] + (Decay * values[i]);
                mean[i] = (Beta1 * mean[i]) + ((1 - Beta1) * g);
                square[i] = (Beta2 * square[i]) + ((1 - Beta2) * g * g);
                var unbiasedMean = mean[i] / (1 - Math.Pow(Beta1, step));
                var unbiasedSquare = square[i] / (1 - Math.Pow(Beta2, step));
                var decayed = decoupled ? values[i] * (1 - (Rate * Decay)) : values[i];
                values[i] = decayed - (Rate * unbiasedMean / (Math.Sqrt(unbiasedSquare) + Epsilon));
            }
        }
    }
}
