using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Stack.Tests.Tokenizers;

/// <summary>What the base class makes of the two methods that a tokenizer must have.</summary>
public class TokenizerTests
{
    private static readonly Tokenizer s_letters = new LetterTokenizer();

    [Fact]
    public void IdsAndCountsComeFromTokens()
    {
        Assert.Equal([97, 98], s_letters.EncodeToIds("ab"));
        Assert.Equal([97, 98], s_letters.EncodeToIds("ab".AsSpan()));
        Assert.Equal(2, s_letters.CountTokens("ab"));
        Assert.Equal([97], s_letters.EncodeToIds("ab", 1, out string? normalized, out int consumed));
        Assert.Equal((null, 1), (normalized, consumed));
    }

    [Fact]
    public void IndexesComeFromOffsets()
    {
        Assert.Equal((2, 2), (s_letters.GetIndexByTokenCount("abc", 2, out _, out int count), count));
        Assert.Equal((1, 2), (s_letters.GetIndexByTokenCountFromEnd("abc", 2, out _, out count), count));
        Assert.Equal((3, 3), (s_letters.GetIndexByTokenCount("abc", 9, out _, out count), count));
        Assert.Equal((0, 3), (s_letters.GetIndexByTokenCountFromEnd("abc", 9, out _, out count), count));
        Assert.Equal((0, 0), (s_letters.GetIndexByTokenCount("", 9, out _, out count), count));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_letters.GetIndexByTokenCount("abc", 0, out _, out _));
    }

    [Fact]
    public void DecodingGrowsItsBuffer()
    {
        int[] ids = [.. Enumerable.Repeat(97, 5000)];
        Assert.Equal(new string('a', 5000), s_letters.Decode(ids));
        Assert.Throws<ArgumentNullException>(() => s_letters.Decode(null!));
        Assert.Throws<InvalidOperationException>(() => s_letters.Decode([-1]));
    }

    [Fact]
    public void SettingsTakeAllTokensAtFirst()
    {
        Assert.Equal(int.MaxValue, new EncodeSettings().MaxTokenCount);
        Assert.Equal(new EncodedToken(1, "a", 0..1), new EncodedToken(1, "a", 0..1));
        Assert.False(new EncodedToken(1, "a", 0..1).Equals(new EncodedToken(1, "a", 0..2)));
        Assert.Null(s_letters.Normalizer);
        Assert.Null(s_letters.PreTokenizer);
    }

    private sealed class LetterTokenizer : Tokenizer
    {
        public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
        {
            idsConsumed = charsWritten = 0;
            foreach (int id in ids)
            {
                if (id < 0)
                {
                    return OperationStatus.InvalidData;
                }

                if (charsWritten == destination.Length)
                {
                    return OperationStatus.DestinationTooSmall;
                }

                destination[charsWritten++] = (char)id;
                idsConsumed++;
            }

            return OperationStatus.Done;
        }

        protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
        {
            EncodedToken[] tokens = [.. (text ?? textSpan.ToString()).Take(settings.MaxTokenCount).Select((letter, i) => new EncodedToken(letter, letter.ToString(), i..(i + 1)))];
            return new EncodeResults<EncodedToken> { Tokens = tokens, CharsConsumed = tokens.Length };
        }
    }
}
