using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Stack.Tests.Torch;

[Collection("Alone")]
public class RandomTests
{
    [Fact]
    public void ASeedFixesWhatFollows()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var (first, mask) = (rand(5), F.dropout(ones(100), 0.5));
        manual_seed(7);
        Assert.Equal(first, rand(5));
        Assert.Equal(mask, F.dropout(ones(100), 0.5));
        Assert.NotEqual(mask, F.dropout(ones(100), 0.5));
        Assert.Equal(7, initial_seed());
    }

    [Fact]
    public void GivesPyTorchsOwnNumbers()
    {
        // python3: torch.manual_seed(42); torch.rand(4)
        using var scope = NewDisposeScope();
        manual_seed(42);
        float[] expected = [0.88226926f, 0.91500396f, 0.38286376f, 0.95930564f];
        Assert.True(rand(4).allclose(tensor(expected)));
    }

    [Fact]
    public void AGeneratorKeepsItsOwnState()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var twin = new Generator(3);
        manual_seed(1);
        var plain = rand(4);
        manual_seed(1);
        var own = rand([4L], generator: generator);
        Assert.Equal(plain, rand(4));
        Assert.Equal(own, rand([4L], generator: twin));
        Assert.Equal(3, generator.initial_seed());

        var state = generator.get_state();
        var next = randperm(10, generator: generator);
        generator.set_state(state);
        Assert.Equal(next, randperm(10, generator: generator));
    }

    [Fact]
    public void ADisposedGeneratorIsRefused()
    {
        var generator = new Generator(3);
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rand([4L], generator: generator));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void DropoutDropsTheShareItIsAskedTo(double p)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        const int Count = 4_000_000;
        var dropped = F.dropout(ones(Count), p);
        var share = dropped.eq(0).sum().item<long>() / (double)Count;
        // Five standard deviations of a binomial share.
        Assert.InRange(share, p - (5 * Math.Sqrt(p * (1 - p) / Count)), p + (5 * Math.Sqrt(p * (1 - p) / Count)));
        Assert.Equal(1 / (1 - p), dropped.max().item<float>(), 1e-5);
        Assert.Equal(1, dropped.mean().item<float>(), 0.01);
    }

    [Fact]
    public void DropoutsMasksAreIndependent()
    {
        using var scope = NewDisposeScope();
        manual_seed(12);
        const int Count = 1 << 20;
        var mask = Kept();
        // Neighbours, elements a lane, a row of lanes and a chunk apart, and the next call's mask: all uncorrelated.
        int[] distances = [1, 8, 32, 64, 4096];
        foreach (var distance in distances)
        {
            AssertUncorrelated(mask[..^distance], mask[distance..]);
        }
        AssertUncorrelated(mask, Kept());
        // And every eighth has its share.
        var lanes = mask.view(-1, 8).mean([0L]);
        Assert.True((lanes - 0.5).abs().max().item<double>() < 5 * 0.5 / Math.Sqrt(Count / 8.0));

        Tensor Kept() => F.dropout(ones(Count), 0.5).ne(0).to(float64);

        static void AssertUncorrelated(Tensor a, Tensor b)
        {
            var correlation = ((a - 0.5) * (b - 0.5)).mean().item<double>() * 4;
            Assert.True(Math.Abs(correlation) < 5 / Math.Sqrt(Count), $"correlation {correlation}");
        }
    }

    [Fact]
    public void DropoutsMaskDoesNotDependOnTheNumberOfThreads()
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            var masks = Enumerable.Range(1, 3).Select(count =>
            {
                set_num_threads(count);
                manual_seed(5);
                return F.dropout(ones(100_003), 0.3);
            }).ToArray();
            Assert.Equal(masks[0], masks[1]);
            Assert.Equal(masks[0], masks[2]);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void DropoutsGradientFlowsThroughTheSameMask()
    {
        using var scope = NewDisposeScope();
        var x = rand(3, 1000).add(0.5).requires_grad_();
        var y = F.dropout(x, 0.25);
        y.sum().backward();
        Assert.True(x.grad!.allclose(y.detach() / x.detach()));
    }

    [Fact]
    public void DropoutCanBeDifferentiatedTwice()
    {
        using var scope = NewDisposeScope();
        var x = rand(1000).add(0.5).requires_grad_();
        var y = F.dropout(x, 0.25);
        var first = autograd.grad([y.pow(2).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        var kept = y.detach() / x.detach();
        Assert.True(second.allclose(2 * kept.pow(2)));
    }

    [Fact]
    public void DropoutAtItsLimits()
    {
        using var scope = NewDisposeScope();
        var x = rand(100).requires_grad_();
        Assert.Equal(x, F.dropout(x, 0));
        Assert.Equal(x, F.dropout(x, 0.5, training: false));
        var nothing = F.dropout(x, 1);
        Assert.Equal(0f, nothing.abs().max().item<float>());
        nothing.sum().backward();
        Assert.Equal(0f, x.grad!.abs().max().item<float>());
        Assert.Equal([0L, 3L], F.dropout(zeros(0, 3), 0.5).shape);
    }

    [Fact]
    public void DropoutTakesWhatIsNotContiguousAndChangesInPlaceWhenAsked()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var x = rand(30, 40).add(1);
        var turned = F.dropout(x.t(), 0.5);
        Assert.Equal([40L, 30L], turned.shape);
        Assert.True(turned.where(turned.eq(0), turned).allclose(turned));
        Assert.True(turned.masked_select(turned.ne(0)).allclose((2 * x.t()).masked_select(turned.ne(0))));
        var same = F.dropout(x, 0.5, inplace: true);
        Assert.Equal(same, x);
        Assert.InRange(x.eq(0).sum().item<long>(), 480, 720);
    }
}
