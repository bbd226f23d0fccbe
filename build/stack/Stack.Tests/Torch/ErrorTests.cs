using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

/// <summary>What goes wrong comes back as an exception with libtorch's own words, and the process lives on.</summary>
public sealed class ErrorTests : IDisposable
{
    private static readonly Dictionary<string, (Action Failing, string Words)> Failures = new()
    {
        ["shapes that do not multiply"] = (() => rand(2, 3).matmul(rand(2, 3)), "cannot be multiplied"),
        ["shapes that do not broadcast"] = (() => rand(2, 3).add(rand(2, 4)), "must match the size"),
        ["a view of another size"] = (() => rand(2, 3).view(4, 2), "invalid for input of size 6"),
        ["a dimension that is not there"] = (() => rand(2, 3).sum(2), "Dimension out of range"),
        ["an index beyond the end"] = (() => rand(2, 3)[2].Dispose(), "index 2"),
        ["an index into a table beyond its end"] = (() => rand(4, 3).index_select(0, tensor(new long[] { 4 })), "out of range"),
        ["an embedding of real numbers"] = (() => nn.functional.one_hot(rand(3)), "only applicable to index tensor"),
        ["bits of real numbers"] = (() => rand(3).bitwise_and(rand(3)), "not implemented for 'Float'"),
        ["types that do not mix"] = (() => rand(2, 2).matmul(rand(2, 2).to(float64)), "expected"),
        ["a label beyond the classes"] = (() => nn.functional.cross_entropy(rand(2, 3), tensor(new long[] { 0, 3 })), "out of bounds"),
        ["a quotient of integers by zero"] = (() => tensor(new long[] { 1 }).div(tensor(new long[] { 0 }), RoundingMode.floor), "ZeroDivisionError"),
        ["a matrix without an inverse"] = (() => linalg.inv(zeros(2, 2)), "singular"),
        ["an equation that makes no sense"] = (() => einsum("ij,jk->iz", rand(2, 2), rand(2, 2)), "einsum()"),
        ["nothing to join"] = (() => cat(Array.Empty<Tensor>()), "expected a non-empty list"),
        ["nothing among what is to be joined"] = (() => cat([ones(2), null!]), "must be"),
        ["a layer norm of another shape"] = (() => nn.functional.layer_norm(rand(2, 3), [4]), "normalized_shape"),
        ["a probability above one"] = (() => nn.functional.dropout(rand(3), 1.5), "dropout probability has to be between 0 and 1"),
        ["a gradient of what has none"] = (() => rand(2).sum().backward(), "does not require grad"),
        ["a gradient of many outputs"] = (() => rand(2, 2).requires_grad_().mul(2).backward(), "implicitly created only for scalar outputs"),
        ["gradients for integers"] = (() => zeros(2, int64).requires_grad_(), "floating point"),
        ["a change to a leaf that needs its gradient"] = (() => rand(2).requires_grad_().add_(1), "leaf Variable"),
        ["a second backward"] = (() => { var loss = rand(2).requires_grad_().exp().sum(); loss.backward(); loss.backward(); }, "second time"),
        ["more memory than there is"] = (() => empty(1L << 45, 1L << 10), "allocate memory"),
    };

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Kinds => [.. Failures.Keys];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void IsAnExceptionWithLibtorchsWords(string kind)
    {
        var (failing, words) = Failures[kind];
        var error = Assert.Throws<ExternalException>(failing);
        Assert.Contains(words, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2f, ones(2).sum().item<float>());
    }

    [Fact]
    public void ADisposedTensorIsRefusedEverywhere()
    {
        var gone = rand(2, 3);
        gone.Dispose();
        gone.Dispose();
        Assert.True(gone.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => gone + 1);
        Assert.Throws<InvalidOperationException>(() => ones(2, 3) + gone);
        Assert.Throws<InvalidOperationException>(() => cat([ones(2, 3), gone]));
        Assert.Throws<InvalidOperationException>(() => gone.shape);
        Assert.Throws<InvalidOperationException>(() => gone.data<float>());
        Assert.Throws<InvalidOperationException>(() => gone.requires_grad = true);
        Assert.Throws<InvalidOperationException>(() => gone.backward());
    }

    [Fact]
    public void ReadingAnotherTypeIsRefused()
    {
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<IndexOutOfRangeException>(() => ones(2).data<float>()[2]);
        Assert.Throws<IndexOutOfRangeException>(() => ones(2, 2).data<float>()[0, 2]);
        Assert.Throws<InvalidOperationException>(() => ones(2, 2)[.., 0].bytes.Length);
    }

    [Fact]
    public void ReadingAFreedTensorsNumbersIsRefused()
    {
        var tensor = ones(3);
        var numbers = tensor.data<float>();
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => numbers[0]);
        Assert.Throws<ObjectDisposedException>(() => numbers.ToArray());
    }

    [Fact]
    public void NumbersThatDoNotFillTheShapeAreRefused() =>
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));

    [Fact]
    public void ADeviceThatIsNotThereIsRefused()
    {
        if (!cuda.is_available())
        {
            Assert.Throws<InvalidOperationException>(() => ones(2, device: new Device(DeviceType.CUDA)));
        }
    }
}
