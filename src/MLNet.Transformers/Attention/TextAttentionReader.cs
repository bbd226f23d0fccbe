using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Makes tokens of texts for a model, and says what each is.</summary>
internal sealed class TextAttentionReader
{
    private readonly TransformerTokenizer source;
    private readonly TransformerTokenizer target;
    private readonly TextConfig config;

    /// <param name="model">The model.</param>
    /// <param name="maxLength">The longest text in tokens; null for what the model and its tokenizer take.</param>
    public TextAttentionReader(TextTaskModel model, int? maxLength)
    {
        config = model.Network.Config;
        source = Cut(model.Tokenizer, maxLength);
        target = Cut(model.WritingTokenizer, maxLength);
    }

    /// <summary>The longest text in tokens.</summary>
    public int MaxLength => source.Pipeline.Truncation!.MaxLength;

    /// <summary>The tokens of a row.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">A second one, read after the first; null for none.</param>
    /// <param name="written">What the decoder is to read; null for nothing.</param>
    public AttentiveText Read(string text, string? pair, string? written)
    {
        var encoded = source.Encode(text, pair);
        var sequence = TextTaskModel.ToSequence(encoded);
        if (written is null)
            return new(sequence, TokenTexts.Of(source, encoded), null, []);
        // A decoder reads each token one place later than it writes it.
        var start = config.DecoderStartId ?? throw new NotSupportedException("The model's config names no token that a decoder starts from (decoder_start_token_id).");
        var reply = target.Encode(written);
        return new(
            sequence, TokenTexts.Of(source, encoded),
            new TokenSequence([start, .. reply.Ids.SkipLast(1)]), [target.Vocabulary.GetToken(start) ?? "", .. TokenTexts.Of(target, reply).SkipLast(1)]);
    }

    /// <summary>Cuts texts to what the options, the tokenizer and the model allow, and leaves filling up to the batch.</summary>
    private TransformerTokenizer Cut(TransformerTokenizer tokenizer, int? maxLength)
    {
        var wanted = maxLength ?? tokenizer.Pipeline.Truncation?.MaxLength ?? tokenizer.Settings.MaxLength ?? config.MaxLength;
        var truncation = tokenizer.Pipeline.Truncation ?? new Truncation(wanted) { Side = tokenizer.Settings.TruncationSide };
        return tokenizer.WithTruncation(truncation with { MaxLength = Math.Min(wanted, config.MaxLength), Stride = 0 }).WithPadding(null);
    }
}
