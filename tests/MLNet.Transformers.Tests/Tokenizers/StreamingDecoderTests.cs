using System.Text;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

public class StreamingDecoderTests
{
    public static TheoryData<string> Tokenizers => [.. SharedTokenizers.All];

    [SharedDataTheory]
    [MemberData(nameof(Tokenizers))]
    public void PartsAddUpToTheWholeAndNoneEndsInHalfACharacter(string name)
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(name);
        foreach (string text in AdversarialTexts.Generate(seed: 11, mixtures: 100))
        {
            int[] ids = [.. tokenizer.Encode(text).Ids];
            StreamingDecoder decoder = tokenizer.CreateStreamingDecoder();
            var whole = new StringBuilder();
            foreach (int id in ids)
            {
                string part = decoder.Add(id);
                Assert.False(part.Length > 0 && char.IsHighSurrogate(part[^1]));
                whole.Append(part);
            }

            whole.Append(decoder.Flush());
            Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens: true), whole.ToString());
        }
    }

    [Fact]
    public void ACharacterIsGivenWhenItsLastByteIs()
    {
        StreamingDecoder decoder = TinyTokenizers.Bytes.CreateStreamingDecoder();
        Assert.Equal(["a", "", "", "", "😀", "b"], TinyTokenizers.Bytes.Encode("a😀b").Ids.Select(decoder.Add));
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void WhatStaysUnfinishedIsGivenAtTheEnd()
    {
        StreamingDecoder decoder = TinyTokenizers.Bytes.CreateStreamingDecoder();
        Assert.Equal(["", ""], TinyTokenizers.Bytes.Encode("😀").Ids.Take(2).Select(decoder.Add));
        Assert.Equal("\uFFFD", decoder.Flush());
        Assert.Equal("a", decoder.Add(TinyTokenizers.Bytes.Encode("a").Ids[0]));
    }

    [Fact]
    public void BytesThatAreNoTextDoNotHoldUpTheRest()
    {
        StreamingDecoder decoder = TinyTokenizers.Bytes.CreateStreamingDecoder();
        IEnumerable<int> ids = Enumerable.Repeat(0xFF, 50);
        string text = string.Concat(ids.Select(decoder.Add)) + decoder.Flush();
        Assert.Equal(new string('\uFFFD', 50), text);
    }
}
