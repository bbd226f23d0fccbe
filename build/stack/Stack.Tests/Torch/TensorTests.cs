using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

public class TensorTests
{
    [Fact]
    public void Adds()
    {
        using var sum = tensor(new float[] { 1, 2, 3, 4 }, [2, 2]) + tensor(new float[] { 10, 20 });
        Assert.Equal([11f, 22f, 13f, 24f], sum.data<float>().ToArray());
        Assert.Equal([2L, 2L], sum.shape);
    }

    [Fact]
    public void Differentiates()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2.0, 4.0, 6.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void ReportsAShapeThatDoesNotFit()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => rand(2, 3).matmul(rand(2, 3)));
        Assert.Contains("cannot be multiplied", error.Message);
    }

    [Fact]
    public void RefusesADisposedTensor()
    {
        var x = rand(2, 3);
        x.Dispose();
        Assert.Throws<InvalidOperationException>(() => x + 1);
        Assert.Throws<InvalidOperationException>(() => x.shape);
    }

    [Fact]
    public void AttendsLikePlainSoftmax()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (q, k, v) = (randn(2, 3, 5, 4), randn(2, 3, 7, 4), randn(2, 3, 7, 4));
        var expected = (q.matmul(k.transpose(-2, -1)) / 2).softmax(-1).matmul(v);
        Assert.True(nn.functional.scaled_dot_product_attention(q, k, v).allclose(expected, 1e-5, 1e-6));
    }
}
