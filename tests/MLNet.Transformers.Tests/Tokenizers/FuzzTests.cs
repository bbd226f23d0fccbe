using System.Diagnostics;
using System.Text;
using MLNet.Transformers.Tokenizers;
using Xunit.Abstractions;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Random texts and ids, the same ones each time, for as long as <c>TRANSFORMERS_FUZZ_SECONDS</c> says, else a few seconds.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private static readonly double s_seconds = double.TryParse(Environment.GetEnvironmentVariable("TRANSFORMERS_FUZZ_SECONDS"), out double given) ? given : 4;

    public static TheoryData<string> Tokenizers => [.. SharedTokenizers.All];

    [SharedDataTheory]
    [MemberData(nameof(Tokenizers))]
    public void NothingIsLostAndNothingFails(string name)
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(name);
        bool isLossless = tokenizer.Normalizer is null && tokenizer.Pipeline.Decoder is ByteLevelDecoder && tokenizer.Pipeline.AddedTokens.All(token => !token.StripsLeft && !token.StripsRight);
        var random = new Random(20260101);
        var watch = Stopwatch.StartNew();
        int texts = 0;
        for (; watch.Elapsed.TotalSeconds < s_seconds / SharedTokenizers.All.Count; texts++)
        {
            string text = MakeText(random);
            EncodedText encoded = tokenizer.Encode(text, random.Next(3) == 0 ? MakeText(random) : null);
            Check(tokenizer, text, encoded);
            EncodedText plain = tokenizer.Encode(text, addSpecialTokens: false);
            Assert.Equal(plain.Ids.AsEnumerable(), tokenizer.EncodeToIds(text));
            Assert.Equal(plain.Length, tokenizer.CountTokens(text));
            if (isLossless)
            {
                Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), tokenizer.Decode(plain.Ids));
            }

            int[] ids = [.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(-2, tokenizer.Vocabulary.IdLimit + 2))];
            Assert.DoesNotContain(tokenizer.Decode(ids, skipSpecialTokens: true).EnumerateRunes(), rune => !Rune.IsValid(rune.Value));
            int most = random.Next(1, 10);
            int index = tokenizer.GetIndexByTokenCount(text, most, out string? normalized, out int count);
            Assert.InRange(index, 0, (normalized ?? text).Length);
            Assert.InRange(count, 0, most);
        }

        output.WriteLine($"{texts} texts");
    }

    private static void Check(TransformerTokenizer tokenizer, string text, EncodedText encoded)
    {
        int previous = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            Assert.InRange(encoded.Ids[i], 0, tokenizer.Vocabulary.IdLimit - 1);
            if (encoded.SequenceIds[i] != 0)
            {
                continue;
            }

            (int start, int end) = (encoded.Offsets[i].Start.Value, encoded.Offsets[i].End.Value);
            Assert.InRange(start, 0, end);
            Assert.InRange(end, 0, text.Length);
            Assert.False(IsInsidePair(text, start) || IsInsidePair(text, end), $"'{text}' is cut at {start} or {end}");
            Assert.True(end >= previous - 1 || start < previous, $"'{text}' runs backwards at {i}");
            previous = end;
        }
    }

    private static bool IsInsidePair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);

    // Mostly what confuses tokenizers, and sometimes what is no text at all.
    private static string MakeText(Random random)
    {
        string text = AdversarialTexts.Mix(random);
        return random.Next(4) switch
        {
            0 => string.Concat(text.OrderBy(_ => random.Next())),
            1 => new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(0x10000))]) + text,
            2 => text[..random.Next(text.Length + 1)],
            _ => text,
        };
    }
}
