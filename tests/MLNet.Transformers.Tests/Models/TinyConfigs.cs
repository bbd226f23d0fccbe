using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>A few thousand parameters of every family of the registry, and of its variants.</summary>
internal static class TinyConfigs
{
    /// <summary>By family or, for a variant, family and what is special.</summary>
    public static IReadOnlyDictionary<string, TextConfig> All { get; } = new Dictionary<string, TextConfig>(
        Architectures.Of<TextConfig>().Select(architecture => KeyValuePair.Create(architecture.ModelType, Of(architecture))))
    {
        ["electra, token vectors of the hidden size"] = (ElectraConfig)Of(Electra.Architecture) with { EmbeddingSize = 16 },
        ["deberta-v2, convolution"] = (DebertaV2Config)Of(DebertaV2.Architecture) with { ConvolutionWidth = 3 },
        ["deberta-v2, maps of their own"] = (DebertaV2Config)Of(DebertaV2.Architecture) with { SharesMaps = false, DistanceNorm = "none" },
        ["llama, two groups of wide heads"] = (LlamaConfig)Of(Llama.Architecture) with { Heads = 4, KeyValueHeads = 2, PublishedHeadSize = 6 },
        ["mistral, window"] = (MistralConfig)Of(Mistral.Architecture) with { PublishedWindow = 3 },
        ["qwen2, window in the second layer"] = (Qwen2Config)Of(Qwen2.Architecture) with { HasWindow = true, PublishedWindow = 2, GlobalLayers = 1 },
        ["gpt_neox, one after the other"] = (GptNeoxConfig)Of(GptNeox.Architecture) with { IsParallel = false, PublishedShare = 0.5 },
        ["opt, norms last and narrow tokens"] = (OptConfig)Of(Opt.Architecture) with { NormalisesFirst = false, EmbeddingSize = 12 },
        ["albert, two groups of two"] = (AlbertConfig)Of(Albert.Architecture) with { Layers = 4, Groups = 2, LayersPerGroup = 2 },
        ["transformer, norms first and vocabularies apart"] = (TransformerConfig)Of(Transformer.Architecture) with
        {
            NormOrder = NormOrder.Pre, TargetVocabularySize = 17, IsTied = false, HasOutputBias = true,
            Positions = PositionEncoding.SinusoidalTimescales, FirstPosition = 1,
        },
        ["marian, vocabularies apart"] = (MarianConfig)Of(Marian.Architecture) with { SharesVocabulary = false, TargetVocabularySize = 17, IsTied = false },
        ["t5, gated and untied"] = (T5Config)Of(T5.Architecture) with { FeedForward = "gated-gelu", IsTied = false, DecoderLayers = 1 },
        ["transformer, learned positions"] = (TransformerConfig)Of(Transformer.Architecture) with { Positions = PositionEncoding.Learned, DecoderLayers = 1 },
    };

    /// <summary>Those that see what comes later too.</summary>
    public static IReadOnlyDictionary<string, TextConfig> Encoders { get; } =
        All.Where(pair => pair.Value.LanguageModel is null).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Those that write texts, from left to right.</summary>
    public static IReadOnlyDictionary<string, TextConfig> LanguageModels { get; } =
        All.Where(pair => pair.Value.LanguageModel is not null).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Those of one stack of layers, whatever they see.</summary>
    public static IReadOnlyDictionary<string, TextConfig> Stacks { get; } =
        All.Where(pair => !pair.Value.IsEncoderDecoder).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Those of one stack of layers that write texts.</summary>
    public static IReadOnlyDictionary<string, TextConfig> Decoders { get; } =
        Stacks.Where(pair => pair.Value.LanguageModel is not null).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>The families of <see cref="Stacks"/>.</summary>
    public static IReadOnlyList<string> StackFamilies { get; } = [.. Stacks.Values.Select(config => config.ModelType).Distinct()];

    /// <summary>Those that read a source before.</summary>
    public static IReadOnlyDictionary<string, TextConfig> EncoderDecoders { get; } =
        LanguageModels.Where(pair => pair.Value.IsEncoderDecoder).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>The families of <see cref="Encoders"/>.</summary>
    public static IReadOnlyList<string> EncoderFamilies { get; } = [.. Encoders.Values.Select(config => config.ModelType).Distinct()];

    /// <summary>The sizes that every family has, then those that only some have.</summary>
    private static TextConfig Of(Architecture architecture)
    {
        var common = architecture.TextPresetsOf().Values.First() with
        {
            VocabularySize = 20,
            HiddenSize = 16,
            Layers = 2,
            Heads = 2,
            InnerSize = 24,
            MaxLength = 10,
            InitializerRange = 0.2,
            LabelNames = ["a", "b", "c"],
        };
        return common switch
        {
            ClipTextConfig clip => clip with { EosIds = [2], PaddingId = 0 },
            ElectraConfig electra => electra with { EmbeddingSize = 12 },
            ModernBertConfig modern => modern with { Layers = 3, GlobalEvery = 2, LocalAttention = 4, PaddingId = 0 },
            AlbertConfig albert => albert with { EmbeddingSize = 12 },
            SwitchTransformersConfig mixed => mixed with { HeadSize = 6, Buckets = 8, MaxDistance = 5, InitializerRange = 1, SparseLayers = 1, SparseDecoderLayers = 1, Experts = 3 },
            T5Config t5 => t5 with { HeadSize = 6, DecoderLayers = null, Buckets = 8, MaxDistance = 5, InitializerRange = 1 },
            EncoderDecoderConfig sides => sides with { DecoderLayers = 2, DecoderHeads = 2, DecoderInnerSize = 20, PaddingId = 0 },
            TransformerConfig transformer => transformer with { DecoderLayers = 2 },
            RobertaConfig or MpNetConfig => common with { PaddingId = 1, MaxLength = 10 },
            BloomConfig bloom => bloom with { PublishedInnerSize = null },
            MixtralConfig mixtral => mixtral with { Experts = 4, KeyValueHeads = null },
            RotaryDecoderConfig rotary => rotary with { PublishedHeadSize = null, PublishedScaling = null, KeyValueHeads = null },
            _ => common,
        };
    }
}
