using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>The heads that published checkpoints come with, by our names.</summary>
internal static class PublishedHeads
{
    public static IReadOnlyDictionary<string, Func<TextConfig, TextBackbone, Head>> All { get; } = new Dictionary<string, Func<TextConfig, TextBackbone, Head>>
    {
        [nameof(SequenceClassification)] = SequenceClassification.Of,
        [nameof(TokenClassification)] = TokenClassification.Of,
        [nameof(SpanExtraction)] = SpanExtraction.Of,
        [nameof(MultipleChoice)] = MultipleChoice.Of,
        [nameof(ReplacedTokenDetection)] = ReplacedTokenDetection.Of,
        [nameof(MaskedLanguageModel)] = (config, backbone) => new MaskedLanguageModel(config.HiddenSize, backbone.Embedding, config.MaskedLanguageModel),
        [nameof(LanguageModelHead)] = LanguageModelHead.Of,
        [nameof(TextProjection)] = TextProjection.Of,
    };

    /// <summary>The heads that a family can have: XLNet learns from permutations of its tokens, not from masked ones; and what sees only what came before is not asked what is hidden; a space shared with images is CLIP's.</summary>
    public static IEnumerable<string> Of(TextConfig config) => All.Keys.Where(head => head switch
    {
        nameof(MaskedLanguageModel) or nameof(ReplacedTokenDetection) when config.LanguageModel is not null => false,
        nameof(MaskedLanguageModel) => config is not XlnetConfig,
        nameof(LanguageModelHead) => config.LanguageModel is not null,
        nameof(TextProjection) => config is ClipTextConfig,
        _ => true,
    });
}
