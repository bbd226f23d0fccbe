using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

public sealed class TensorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void KnowsItsShapeTypeAndDevice()
    {
        var x = zeros(2, 3, 4, int64);
        Assert.Equal([2L, 3L, 4L], x.shape);
        Assert.Equal((3L, 24L, 8L), (x.ndim, x.numel(), x.element_size()));
        Assert.Equal((4L, 2L), (x.size(-1), x.size(0)));
        Assert.Equal([12L, 4L, 1L], x.stride());
        Assert.Equal((ScalarType.Int64, DeviceType.CPU), (x.dtype, x.device.type));
        Assert.True(x.is_contiguous());
        Assert.False(x.transpose(0, 1).is_contiguous());
        Assert.Equal(12, x[1].storage_offset());
        Assert.True(x.is_integral());
        Assert.Equal("[2x3x4], type = Int64, device = cpu", x.ToString());
    }

    [Fact]
    public void IsMadeFromNumbersOfEveryType()
    {
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.Byte, tensor((byte)1).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Empty(tensor(1.0).shape);
        Assert.Equal([1L, 2L, 3L], tensor([1, 2, 3], dtype: int64).data<long>().ToArray());
        Assert.Equal([2L, 2L], tensor(new List<float> { 1, 2, 3, 4 }, 2, 2).shape);
    }

    [Fact]
    public void IsMadeFromArraysOfMoreDimensions()
    {
        var x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([2L, 3L], x.shape);
        Assert.Equal(6f, x[1, 2].item<float>());
        Assert.Equal(x, from_array(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        Assert.Equal([1L, 2L, 2L], from_array(new short[1, 2, 2]).shape);
        Assert.Throws<NotSupportedException>(() => from_array(new string[2]));
    }

    [Fact]
    public void CopiesTheNumbersItIsMadeFrom()
    {
        float[] numbers = [1, 2];
        var x = tensor(numbers);
        numbers[0] = 9;
        Assert.Equal(1f, x[0].item<float>());
    }

    [Fact]
    public void TakesNumbersWhereATensorIsWanted()
    {
        Tensor x = 3.5;
        Assert.Equal(3.5, x.item<double>());
        var y = zeros(3);
        y[1] = 2;
        y[2] = 0.5f;
        Assert.Equal([0f, 2f, 0.5f], y.data<float>().ToArray());
    }

    [Fact]
    public void ReadsItsNumbersInOrderWhateverTheStrides()
    {
        var x = arange(6).view(2, 3).t();
        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], x.data<long>().ToArray());
        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], x.data<long>());
        Assert.Equal(4L, x.data<long>()[1, 1]);
        Assert.Equal(new long[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } }, x.data<long>().ToNDArray());
        x.data<long>().CopyFrom([9, 8, 7], tensorIndex: 1);
        Assert.Equal([0L, 9L, 8L, 7L, 2L, 5L], x.data<long>().ToArray());
        Assert.Equal(7L, x.ReadCpuInt64(3));
    }

    [Fact]
    public void ConvertsItsOnlyElement()
    {
        Assert.Equal(3, (int)tensor(3.7));
        Assert.Equal(2.5f, tensor(2.5).ToSingle());
        Assert.True(tensor(1).ToBoolean());
        Assert.Equal(2L, tensor(2L).ToScalar().ToInt64());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
    }

    [Fact]
    public void ExposesItsBytes()
    {
        var x = zeros(2, int32);
        x.bytes = [1, 0, 0, 0, 0, 1, 0, 0];
        Assert.Equal([1, 256], x.data<int>().ToArray());
        using var stream = new MemoryStream();
        x.WriteBytesToStream(stream);
        stream.Position = 0;
        var copy = zeros(2, int32);
        copy.ReadBytesFromStream(stream);
        Assert.Equal(x, copy);
        Assert.Throws<EndOfStreamException>(() => copy.ReadBytesFromStream(stream));
    }

    [Fact]
    public void ConvertsTypes()
    {
        var x = tensor(new[] { 1.7, -2.2 });
        Assert.Equal([1L, -2L], x.to(int64).data<long>().ToArray());
        Assert.Equal(ScalarType.Float16, x.half().dtype);
        Assert.Equal(ScalarType.BFloat16, x.bfloat16().dtype);
        Assert.Equal(x.to(float32), x.half().@float() + (x.to(float32) - x.half().@float()));
        Assert.Equal(ScalarType.Float32, result_type(ones(1), ones(1, int64)));
        Assert.Equal(ScalarType.Float64, promote_types(float32, float64));
        var gone = x.clone();
        gone.to(float32, disposeAfter: true);
        Assert.True(gone.IsInvalid);
    }

    [Fact]
    public void AliasesShareMemoryAndCopiesDoNot()
    {
        var x = ones(2);
        x.alias().zero_();
        Assert.Equal(0f, x.sum().item<float>());
        x.clone().fill_(1);
        Assert.Equal(0f, x.sum().item<float>());
        x.view(1, 2).add_(3);
        Assert.Equal(6f, x.sum().item<float>());
    }

    [Fact]
    public void InPlaceReturnsTheSameTensor()
    {
        var x = ones(2);
        Assert.Same(x, x.add_(1).mul_(2));
        Assert.Equal([4f, 4f], x.data<float>().ToArray());
    }

    [Fact]
    public void AssignsThroughEveryKindOfIndex()
    {
        var x = zeros(3, 4);
        x[0] = ones(4);
        x[1, 2] = tensor(5f);
        x[TensorIndex.Colon, 3] = tensor(new float[] { 7, 8, 9 });
        x[x > 6] = tensor(-1f);
        x[TensorIndex.Tensor(tensor(new long[] { 2, 2 })), TensorIndex.Tensor(tensor(new long[] { 0, 1 }))] = tensor(new float[] { 3, 4 });
        Assert.Equal([1f, 1, 1, -1, 0, 0, 5, -1, 3, 4, 0, -1], x.data<float>().ToArray());
        Assert.Equal(1f, x[TensorIndex.Bool(true), 0, 0].item<float>());
    }

    [Fact]
    public void AddsUpRepeatedPlacesWhenAsked()
    {
        var x = zeros(3);
        x.index_put_(ones(4), [tensor(new long[] { 0, 1, 1, 1 })], accumulate: true);
        Assert.Equal([1f, 3f, 0f], x.data<float>().ToArray());
    }

    [Fact]
    public void WritesItself()
    {
        var x = tensor(new[] { 1.5, -2, 3, 4 }, [2, 2]);
        Assert.Equal("[[1.5, -2]\n [3, 4]]", x.ToString(TorchSharp.TensorStringStyle.Numpy, cultureInfo: CultureInfo.InvariantCulture, newLine: "\n"));
        Assert.Equal("[0, 1, 2, ... 17, 18, 19]", arange(20).npstr());
        Assert.Equal("[[[0, 1]]\n\n [[2, 3]]]", arange(4).view(2, 1, 2).npstr(newLine: "\n"));
        Assert.Equal("[True, False]", (ones(2) > tensor([0f, 1f])).npstr());
    }

    [Fact]
    public void MakesTensorsWithoutElements()
    {
        var empty = zeros(0, 3);
        Assert.Equal(0, empty.numel());
        Assert.Empty(empty.data<float>().ToArray());
        Assert.Equal([2L, 0L], zeros(2, 0).shape);
        Assert.Equal(0f, empty.sum().item<float>());
        Assert.Equal([4L, 3L], cat([empty, ones(4, 3)]).shape);
    }

    [Fact]
    public void RunsOnEveryThread()
    {
        using var weight = rand(32, 32).DetachFromDisposeScope();
        var expected = weight.matmul(weight);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var own = NewDisposeScope();
            Assert.True(weight.matmul(weight).allclose(expected));
        });
    }

    [Fact]
    public void TellsItsVersion() => Assert.StartsWith(__version__.Split('.')[0] + ".", __version__);
}
