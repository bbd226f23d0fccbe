using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void GradientsAddUpUntilTheyAreCleared()
    {
        var x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        x.pow(2).sum().backward();
        x.pow(2).sum().backward();
        Assert.Equal([4.0, 8.0, 12.0], x.grad!.data<double>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void AGradientIsTheSameTensorEachTime()
    {
        var x = ones(2).requires_grad_();
        x.sum().backward();
        x.grad!.zero_();
        Assert.Equal(0f, x.grad!.sum().item<float>());
        x.grad = full(2, 3.0, float32);
        Assert.Equal(6f, x.grad!.sum().item<float>());
        Assert.ThrowsAny<Exception>(() => x.grad = ones(3));
    }

    [Fact]
    public void AVectorMayBeGivenToStartFrom()
    {
        var x = ones(2, 2).requires_grad_();
        (x * 3).backward([tensor(new float[] { 1, 2, 3, 4 }, [2, 2])]);
        Assert.Equal([3f, 6f, 9f, 12f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void GradReturnsInsteadOfStoring()
    {
        var (x, y) = (ones(2).requires_grad_(), ones(2).requires_grad_());
        var gradients = autograd.grad([(x * 2).sum()], [x, y], allow_unused: true);
        Assert.Equal([2f, 2f], gradients[0].data<float>().ToArray());
        Assert.True(gradients[1].IsInvalid);
        Assert.Null(x.grad);
    }

    [Fact]
    public void SecondDerivatives()
    {
        var x = tensor(new double[] { 2 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal(12.0, second.item<double>());
    }

    [Fact]
    public void GradientsOfInnerTensorsAreKeptOnRequest()
    {
        var x = ones(2).requires_grad_();
        var y = x * 2;
        Assert.False(y.is_leaf);
        Assert.True(x.is_leaf);
        y.retain_grad();
        (y * y).sum().backward();
        Assert.Equal([4f, 4f], y.grad!.data<float>().ToArray());
    }

    [Fact]
    public void NothingIsRecordedWithoutGradients()
    {
        var x = ones(2).requires_grad_();
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (set_grad_enabled(false))
        {
            Assert.False((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
    }

    [Fact]
    public void InferenceModeEndsWhereItBegan()
    {
        var x = ones(2).requires_grad_();
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void ModesBelongToTheirThread()
    {
        using var gradless = no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
    }

    [Fact]
    public void ManyThreadsDifferentiateAtOnce()
    {
        var results = new double[8];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var own = NewDisposeScope();
            for (var round = 0; round < 50; round++)
            {
                var x = full(16, 16, (double)i, float64, requires_grad: true);
                x.matmul(x).sum().backward();
                results[i] = x.grad!.mean().item<double>();
            }
        });
        Assert.Equal(Enumerable.Range(0, results.Length).Select(i => 32.0 * i), results);
    }
}
