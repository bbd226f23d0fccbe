using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class TokenBatchTests
{
    [Fact]
    public void ShortSequencesAreFilledUp()
    {
        using var batch = TokenBatch.Pad([new TokenSequence([5, 6, 7], [0, 0, 1]), new TokenSequence([8])], 9);
        Tensors.Equal([5, 6, 7, 8, 9, 9], batch.Ids);
        Tensors.Equal([0, 0, 1, 0, 0, 0], batch.TypeIds);
        Tensors.Equal([1, 1, 1, 1, 0, 0], batch.Mask!);
        Assert.Equal((2, 3), (batch.Count, batch.Length));
    }

    [Fact]
    public void AFullBatchHasNoMask()
    {
        using var batch = TokenBatch.Pad([new TokenSequence([5, 6]), new TokenSequence([7, 8])], 0);
        Assert.Null(batch.Mask);
        Assert.Equal(0, batch.TypeIds.sum().item<long>());
        using var wider = TokenBatch.Pad([new TokenSequence([5, 6])], 0, length: 4);
        Assert.Equal(4, wider.Length);
        Tensors.Equal([1, 1, 0, 0], wider.Mask!);
    }

    [Fact]
    public void BadSequencesAreNamed()
    {
        Assert.Throws<ArgumentException>(() => TokenBatch.Pad([], 0));
        Assert.Contains("Sequence 1", Assert.Throws<ArgumentException>(() => TokenBatch.Pad([new([1]), new([])], 0)).Message, StringComparison.Ordinal);
        Assert.Contains("3 tokens", Assert.Throws<ArgumentException>(() => TokenBatch.Pad([new([1, 2, 3])], 0, length: 2)).Message, StringComparison.Ordinal);
        Assert.Contains("2 type ids", Assert.Throws<ArgumentException>(() => TokenBatch.Pad([new([1], [0, 0])], 0)).Message, StringComparison.Ordinal);
    }
}
