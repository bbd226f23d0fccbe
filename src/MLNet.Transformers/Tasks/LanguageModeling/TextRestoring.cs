using System.Text.Json.Nodes;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>The whole of a text of which parts are hidden, missing or in disorder.</summary>
internal sealed class TextRestoring(string textName, GenerationSettings settings, DenoisingOptions? options = null) : DenoisedText(textName, settings)
{
    public const string TaskName = "denoising";

    public override string Name => TaskName;

    public override TextTask With(GenerationSettings settings) => new TextRestoring(TextName, settings, options);

    public static new TextRestoring FromJson(JsonNode json) => new((string)json["input_column"]!, GenerationSettings.FromJson(json));

    protected override SubwordTokenizer Vocabulary(TextGenerationOptions options) => base.Vocabulary(options) with { HasMask = true };

    protected override TextNoise Noise(TextTaskModel model)
    {
        var (before, after) = Around(model);
        var mask = model.Tokenizer.MaskTokenId ?? throw new NotSupportedException("The tokenizer has no mask token to hide spans behind.");
        var noise = new DocumentCorruption(mask) { Prefix = before, Suffix = after };
        return options is null ? noise : noise with
        {
            SentenceEndIds = options.PermutesSentences ? SentenceEnds(model) : [],
            InfilledShare = options.InfilledShare,
            MeanSpan = options.MeanSpan,
            MaskedShare = options.MaskedShare,
            DeletedShare = options.DeletedShare,
            RotatedShare = options.RotatedShare,
        };
    }

    protected override int LongestPiece(TextTaskModel model)
    {
        var (before, after) = Around(model);
        return MaxLength(model) - before.Count - after.Count;
    }

    protected override string Decode(TextTaskModel model, TokenSequence row, int[] ids) => model.Tokenizer.Decode(ids, skipSpecialTokens: true);

    private static int[] SentenceEnds(TextTaskModel model) =>
        [.. model.Tokenizer.Vocabulary.Tokens.Where(token => token.Key[^1] is '.' or '!' or '?' or '。').Select(token => token.Value)];
}
