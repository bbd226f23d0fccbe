using System.Text;
using Microsoft.ML.Tokenizers;

namespace MLNet.Transformers.Tokenizers;

// How Microsoft.ML.Tokenizers sees this tokenizer: no special tokens are added, truncation and padding do not take part,
// and where there is a normalizer, positions are those of the normalized text.
public sealed partial class TransformerTokenizer
{
    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        TokenCollector collector = CollectNormalized(text, textSpan, settings, out StringBuilder? normalized, out int length);
        int count = FitFromStart(collector.Tokens, settings.MaxTokenCount);
        var tokens = new EncodedToken[count];
        for (int i = 0; i < count; i++)
        {
            CollectedToken token = collector.Tokens[i];
            tokens[i] = new EncodedToken(token.Id, token.Text, token.Start..token.End);
        }

        return new EncodeResults<EncodedToken>
        {
            Tokens = tokens,
            NormalizedText = normalized?.ToString(),
            CharsConsumed = count == collector.Count ? length : EndOf(collector.Tokens, count),
        };
    }

    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (settings.MaxTokenCount == int.MaxValue && !HasNormalizer(settings))
        {
            ReadOnlySpan<char> chars = text is null ? textSpan : text;
            return new EncodeResults<int>
            {
                Tokens = CollectIds(chars, settings.ConsiderNormalization, settings.ConsiderPreTokenization).ToArray(),
                CharsConsumed = chars.Length,
            };
        }

        return base.EncodeToIds(text, textSpan, settings);
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        int count = CollectIds(text is null ? textSpan : text, settings.ConsiderNormalization, settings.ConsiderPreTokenization).Length;
        return settings.MaxTokenCount >= count ? count : base.CountTokens(text, textSpan, settings);
    }

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.MaxTokenCount, nameof(settings));
        TokenCollector collector = CollectNormalized(text, textSpan, settings, out StringBuilder? normalized, out int length);
        normalizedText = normalized?.ToString();
        tokenCount = fromEnd ? FitFromEnd(collector.Tokens, settings.MaxTokenCount) : FitFromStart(collector.Tokens, settings.MaxTokenCount);
        if (fromEnd)
        {
            return tokenCount == collector.Count ? 0 : tokenCount == 0 ? length : collector.Tokens[^tokenCount].Start;
        }

        return tokenCount == collector.Count ? length : EndOf(collector.Tokens, tokenCount);
    }

    private TokenCollector CollectNormalized(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, out StringBuilder? normalized, out int length)
    {
        ReadOnlySpan<char> chars = text is null ? textSpan : text;
        normalized = HasNormalizer(settings) ? new StringBuilder(chars.Length) : null;
        TokenCollector collector = t_first ??= new TokenCollector();
        collector.Start(this);
        _encoder.Encode(chars, collector, settings.ConsiderNormalization, settings.ConsiderPreTokenization, normalized);
        length = normalized?.Length ?? chars.Length;
        return collector;
    }

    private bool HasNormalizer(EncodeSettings settings) => settings.ConsiderNormalization && Normalizer is not null;

    private static int EndOf(ReadOnlySpan<CollectedToken> tokens, int count) => count == 0 ? 0 : tokens[count - 1].End;

    // Tokens that share a character, as bytes of it do, stay together.
    private static int FitFromStart(ReadOnlySpan<CollectedToken> tokens, int most)
    {
        int count = Math.Min(most, tokens.Length);
        while (count > 0 && count < tokens.Length && tokens[count].Start < tokens[count - 1].End)
        {
            count--;
        }

        return count;
    }

    private static int FitFromEnd(ReadOnlySpan<CollectedToken> tokens, int most)
    {
        int count = Math.Min(most, tokens.Length);
        while (count > 0 && count < tokens.Length && tokens[^count].Start < tokens[^(count + 1)].End)
        {
            count--;
        }

        return count;
    }
}
