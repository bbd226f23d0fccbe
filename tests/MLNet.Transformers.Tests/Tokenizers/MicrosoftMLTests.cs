using System.Buffers;
using Microsoft.ML.Tokenizers;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>What those see who know a <see cref="Tokenizer"/> of Microsoft.ML.Tokenizers only.</summary>
public class MicrosoftMLTests
{
    private static readonly Tokenizer s_words = TinyTokenizers.Words;
    private static readonly Tokenizer s_bytes = TinyTokenizers.Bytes;

    [Fact]
    public void TokensStandInTheNormalizedText()
    {
        IReadOnlyList<EncodedToken> tokens = s_words.EncodeToTokens("Café\u0007 WORLD", out string? normalized);
        Assert.Equal("cafe world", normalized);
        Assert.Equal(["cafe", "wor", "##ld"], tokens.Select(token => token.Value));
        Assert.Equal(["cafe", "wor", "ld"], tokens.Select(token => normalized![token.Offset]));
        Assert.Equal([4, 2, 3], tokens.Select(token => token.Id));
    }

    [Fact]
    public void WithoutNormalizerTokensStandInTheText()
    {
        IReadOnlyList<EncodedToken> tokens = s_bytes.EncodeToTokens("aé", out string? normalized);
        Assert.Null(normalized);
        Assert.Equal([0..1, 1..2, 1..2], tokens.Select(token => token.Offset));
        Assert.Equal("CAFE", s_words.EncodeToTokens("CAFE", out normalized, considerNormalization: false).Single() is { Value: "[UNK]" } ? "CAFE" : "");
        Assert.Null(normalized);
    }

    [Fact]
    public void IdsCountsAndSpansAgree()
    {
        const string Text = "hello world!";
        Assert.Equal([1, 2, 3, 5], s_words.EncodeToIds(Text));
        Assert.Equal([1, 2, 3, 5], s_words.EncodeToIds(Text.AsSpan()));
        Assert.Equal(4, s_words.CountTokens(Text));
        Assert.Equal([0], s_words.EncodeToIds(Text, considerPreTokenization: false));
    }

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(2, 2, 9)]
    [InlineData(4, 4, 12)]
    [InlineData(9, 4, 12)]
    public void TheBeginningThatFitsIsFound(int most, int count, int index)
    {
        Assert.Equal(index, s_words.GetIndexByTokenCount("hello world!", most, out string? normalized, out int found));
        Assert.Equal((count, "hello world!"), (found, normalized));
        Assert.Equal(count, s_words.EncodeToIds("hello world!", most, out _, out int consumed).Count);
        Assert.Equal(index, consumed);
    }

    [Theory]
    [InlineData(1, 1, 11)]
    [InlineData(3, 3, 6)]
    [InlineData(9, 4, 0)]
    public void TheEndThatFitsIsFound(int most, int count, int index)
    {
        Assert.Equal(index, s_words.GetIndexByTokenCountFromEnd("hello world!", most, out _, out int found));
        Assert.Equal(count, found);
    }

    [Fact]
    public void NoCharacterIsCutInTwo()
    {
        // A smiley is four bytes, which are four tokens here.
        const string Text = "a😀b";
        Assert.Equal((1, 1), (s_bytes.GetIndexByTokenCount(Text, 3, out _, out int count), count));
        Assert.Equal((3, 5), (s_bytes.GetIndexByTokenCount(Text, 5, out _, out count), count));
        Assert.Equal((3, 1), (s_bytes.GetIndexByTokenCountFromEnd(Text, 4, out _, out count), count));
        Assert.Equal((1, 5), (s_bytes.GetIndexByTokenCountFromEnd(Text, 5, out _, out count), count));
        Assert.Single(s_bytes.EncodeToIds(Text, 4, out _, out int consumed));
        Assert.Equal(1, consumed);
    }

    [Fact]
    public void CountsMustBePositive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_words.GetIndexByTokenCount("a", 0, out _, out _));

    [Fact]
    public void DecodingWritesToASpan()
    {
        IReadOnlyList<int> ids = s_bytes.EncodeToIds("né");
        Assert.Equal("né", s_bytes.Decode(ids));
        Span<char> destination = stackalloc char[2];
        Assert.Equal(OperationStatus.Done, s_bytes.Decode(ids, destination, out int consumed, out int written));
        Assert.Equal(("né", 3, 2), (destination.ToString(), consumed, written));
        Assert.Equal(OperationStatus.DestinationTooSmall, s_bytes.Decode(ids, destination[..1], out consumed, out written));
        Assert.Equal((0, 0), (consumed, written));
    }

    [Fact]
    public void PartsWorkOnTheirOwn()
    {
        Assert.Equal("cafe", s_words.Normalizer!.Normalize("CAFÉ"));
        Assert.Equal([(0, 5), (7, 5), (12, 1)], s_words.PreTokenizer!.PreTokenize("hello  world!"));
        Assert.Equal([(0, 2), (2, 3)], s_bytes.PreTokenizer!.PreTokenize("né ça".Normalize()[..5]));
    }
}
