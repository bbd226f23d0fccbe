using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

public class EncodingTests
{
    private static readonly TransformerTokenizer s_letters = TinyTokenizers.Letters;

    [Fact]
    public void EncodingTellsAllOfAPair()
    {
        EncodedText encoded = s_letters.Encode("ab", "c");
        Assert.Equal([2, 10, 11, 3, 12, 3], encoded.Ids.AsEnumerable());
        Assert.Equal([0, 0, 0, 0, 1, 1], encoded.TypeIds.AsEnumerable());
        Assert.Equal([1, 0, 0, 1, 0, 1], encoded.SpecialTokensMask.AsEnumerable());
        Assert.Equal([1, 1, 1, 1, 1, 1], encoded.AttentionMask.AsEnumerable());
        Assert.Equal(["[CLS]", "a", "b", "[SEP]", "c", "[SEP]"], encoded.Tokens.AsEnumerable());
        Assert.Equal([null, 0, 1, null, 0, null], encoded.WordIds.AsEnumerable());
        Assert.Equal([null, 0, 0, null, 1, null], encoded.SequenceIds.AsEnumerable());
        Assert.Equal([0..0, 0..1, 1..2, 0..0, 0..1, 0..0], encoded.Offsets.AsEnumerable());
    }

    [Theory]
    [InlineData(TruncationStrategy.LongestFirst, "abcdefgh", "xyz", 9, "abc", "xyz")]
    [InlineData(TruncationStrategy.LongestFirst, "ab", "uvwxyz", 8, "ab", "uvw")]
    [InlineData(TruncationStrategy.LongestFirst, "abcdefgh", "stuvwxyz", 10, "abc", "stuv")]
    [InlineData(TruncationStrategy.OnlyFirst, "abcdefgh", "xyz", 8, "ab", "xyz")]
    [InlineData(TruncationStrategy.OnlySecond, "abc", "stuvwxyz", 8, "abc", "st")]
    public void TruncationCutsTheTextItIsToldTo(TruncationStrategy strategy, string text, string pair, int length, string keptText, string keptPair)
    {
        EncodedText encoded = s_letters.WithTruncation(new Truncation(length) { Strategy = strategy }).Encode(text, pair);
        Assert.Equal(s_letters.Encode(keptText, keptPair).Ids.AsEnumerable(), encoded.Ids);
    }

    [Fact]
    public void WindowsOverlapByTheStride()
    {
        EncodedText right = s_letters.WithTruncation(new Truncation(6) { Stride = 2 }).Encode("abcdefgh");
        Assert.Equal(["abcd", "cdef", "efgh"], right.Overflowing.Prepend(right).Select(Text));

        EncodedText left = s_letters.WithTruncation(new Truncation(6) { Stride = 1, Side = TextSide.Left }).Encode("abcdefgh");
        Assert.Equal(["efgh", "bcde", "ab"], left.Overflowing.Prepend(left).Select(Text));
        Assert.All(left.Overflowing, window => Assert.Equal((2, 3), (window.Ids[0], window.Ids[^1])));

        static string Text(EncodedText window) => string.Concat(window.Tokens.Where(token => token.Length == 1));
    }

    [Fact]
    public void WhatCannotBeCutIsRefused()
    {
        Assert.Contains("3 special tokens", Assert.Throws<InvalidOperationException>(() => s_letters.WithTruncation(new Truncation(2)).Encode("abc", "d")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => s_letters.WithTruncation(new Truncation(3) { Strategy = TruncationStrategy.OnlySecond }).Encode("abcdef"));
        Assert.Throws<InvalidOperationException>(() => s_letters.WithTruncation(new Truncation(6) { Strategy = TruncationStrategy.OnlyFirst }).Encode("ab", "uvwxyz"));
        Assert.Contains("stride of 4", Assert.Throws<InvalidOperationException>(() => s_letters.WithTruncation(new Truncation(6) { Stride = 4 }).Encode("abcdefgh")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 5)]
    [InlineData(null, 4, 8)]
    [InlineData(7, null, 7)]
    [InlineData(7, 4, 8)]
    public void ABatchIsPaddedToOneLength(int? length, int? multiple, int expected)
    {
        var padding = new Padding { Length = length, MultipleOf = multiple, Side = TextSide.Left };
        IReadOnlyList<EncodedText> batch = s_letters.WithPadding(padding).EncodeBatch(["abc", "", "d"]);
        Assert.All(batch, text => Assert.Equal(expected, text.Length));
        Assert.Equal(Enumerable.Repeat(0, expected - 3).Concat([2, 13, 3]), batch[2].Ids);
        Assert.Equal(Enumerable.Repeat(0, expected - 3).Concat([1, 1, 1]), batch[2].AttentionMask);
        Assert.Equal(Enumerable.Repeat(1, expected - 3).Concat([1, 0, 1]), batch[2].SpecialTokensMask);
    }

    [Fact]
    public void WordsAndCharactersAreFound()
    {
        EncodedText encoded = TinyTokenizers.Words.Encode("Hello  world!", "world");
        Assert.Equal(["hello", "wor", "##ld", "!", "wor", "##ld"], encoded.Tokens.AsEnumerable());
        Assert.Equal(1, encoded.FindToken(8));
        Assert.Null(encoded.FindToken(5));
        Assert.Equal(5, encoded.FindToken(3, sequence: 1));
        Assert.Equal(1..3, encoded.FindTokensOfWord(1));
        Assert.Equal(7..12, encoded.FindWord(1));
        Assert.Null(encoded.FindWord(9));
    }

    [Fact]
    public void WordsGivenAsSuchKeepTheirNumbersAndOffsets()
    {
        EncodedText encoded = TinyTokenizers.Words.EncodeWords(["Hello", "", "world!"]);
        Assert.Equal(["hello", "wor", "##ld", "!"], encoded.Tokens.AsEnumerable());
        Assert.Equal([0, 2, 2, 2], encoded.WordIds.AsEnumerable());
        Assert.Equal([0..5, 0..3, 3..5, 5..6], encoded.Offsets.AsEnumerable());
    }

    [SharedDataFact]
    public void ABatchOnManyThreadsIsWhatOneByOneGives()
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(SharedTokenizers.Gpt2);
        string[] texts = [.. AdversarialTexts.Generate(seed: 7, mixtures: 1500)];
        IReadOnlyList<EncodedText> batch = tokenizer.EncodeBatch(texts, maxDegreeOfParallelism: 8);
        var ids = new List<int>();
        for (int i = 0; i < texts.Length; i++)
        {
            ids.Clear();
            tokenizer.AppendIds(texts[i], ids);
            Assert.Equal(ids, batch[i].Ids);
        }
    }

    [Fact]
    public void ABatchComplainsAsOneTextDoes()
    {
        string[] texts = [.. Enumerable.Repeat(new string('a', 100), 400)];
        Assert.Throws<InvalidOperationException>(() => s_letters.WithTruncation(new Truncation(1)).EncodeBatch(texts, maxDegreeOfParallelism: 4));
        Assert.Contains("1", Assert.Throws<ArgumentException>(() => s_letters.EncodeBatch(["a", null!])).Message, StringComparison.Ordinal);
    }

    [SharedDataTheory]
    [InlineData(SharedTokenizers.BertUncased)]
    [InlineData(SharedTokenizers.Gpt2)]
    [InlineData(SharedTokenizers.T5)]
    public void WritingIdsToASpanTakesNoMemory(string name)
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(name);
        const string Text = "The quick brown fox doesn't jump over 13 lazy dogs; it sleeps.";
        Span<int> ids = stackalloc int[64];

        // The runtime replaces its own code as it warms up, and takes memory until it has.
        long allocated = long.MaxValue;
        for (int turn = 0; turn < 100 && allocated > 0; turn++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                Assert.True(tokenizer.TryEncode(Text, ids, out int written) && written > 10);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void APairIsWrittenToSpans()
    {
        TransformerTokenizer tokenizer = s_letters.WithTruncation(new Truncation(7));
        EncodedText expected = tokenizer.Encode("abc", "defg");
        Span<int> ids = stackalloc int[8], typeIds = stackalloc int[8];
        Assert.True(tokenizer.TryEncode("abc", "defg", ids, typeIds, out int written));
        Assert.Equal(expected.Ids.AsEnumerable(), ids[..written].ToArray());
        Assert.Equal(expected.TypeIds.AsEnumerable(), typeIds[..written].ToArray());
        Assert.False(tokenizer.TryEncode("abc", "defg", ids, typeIds[..6], out written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void ASpanThatIsTooShortIsLeftAlone()
    {
        Span<int> ids = stackalloc int[4];
        Assert.False(s_letters.TryEncode("abc", ids, out int written));
        Assert.Equal(0, written);
        Assert.True(s_letters.TryEncode("abc", ids, out written, addSpecialTokens: false));
        Assert.Equal([10, 11, 12], ids[..written].ToArray());
    }
}
