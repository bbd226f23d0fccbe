using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Presets with an encoder and a decoder have the names, shapes and number of parameters of the checkpoints whose names they bear.</summary>
public class EncoderDecoderPresetTests
{
    /// <summary>Not counted by Hugging Face, where it is a constant.</summary>
    private const string ConstantBias = "final_logits_bias";

    /// <summary>A size that nothing else has.</summary>
    private const int Vocabulary = 1009;

    public static TheoryData<string> Presets =>
        [.. PresetGolden.Presets.Where(preset => Architectures.Of<TextConfig>().Any(family => family.TextPresetsOf().GetValueOrDefault(preset) is { IsEncoderDecoder: true }))];

    [Theory]
    [MemberData(nameof(Presets))]
    public void APresetHasThePublishedNamesShapesAndCount(string preset)
    {
        var golden = PresetGolden.Read(preset);
        using var scope = NewDisposeScope();
        var ours = Publish(Find(preset), Find(preset).TextPresetsOf()[preset]).ToDictionary(pair => pair.Name, pair => pair.Tensor.shape);
        Assert.Equal(golden.Shapes.Select(Row).Order(StringComparer.Ordinal), ours.Select(Row).Order(StringComparer.Ordinal));
        Assert.Equal(golden.Parameters, ours.Where(pair => pair.Key != ConstantBias).Sum(pair => pair.Value.Aggregate(1L, (a, b) => a * b)));
    }

    /// <summary>Counts that Hugging Face gives for the published checkpoints; of Pegasus, with its two tables of sines and cosines.</summary>
    [Theory]
    [InlineData("t5-base", 222_903_552)]
    [InlineData("t5-large", 737_668_096)]
    [InlineData("t5-3b", 2_851_598_336)]
    [InlineData("t5-v1_1-base", 247_577_856)]
    [InlineData("t5-v1_1-large", 783_150_080)]
    [InlineData("mt5-small", 300_176_768)]
    [InlineData("mt5-base", 582_401_280)]
    [InlineData("switch-base-8", 619_339_008)]
    [InlineData("bart-large", 406_291_456)]
    [InlineData("mbart-large-50", 610_879_488)]
    [InlineData("pegasus-large", 570_797_056 - 2 * 1024 * 1024)]
    public void APresetHasThePublishedCount(string preset, long parameters)
    {
        var config = Find(preset).TextPresetsOf()[preset];
        // A count is linear in either side's layers and in the vocabulary: three small models tell that of a large one. Experts are in every other layer.
        var period = config is SwitchTransformersConfig ? 2 : 1;
        var small = Shapes(Sized(config, period, period));
        var reader = Count(Shapes(Sized(config, 2 * period, period))) - Count(small);
        var writer = Count(Shapes(Sized(config, period, 2 * period))) - Count(small);
        var token = small.Where(shape => shape.Contains(Vocabulary)).Sum(shape => shape.Aggregate(1L, (a, b) => a * b)) / Vocabulary;
        Assert.Equal(parameters, Count(small) + (config.Layers / period - 1) * reader + (DecoderLayers(config) / period - 1) * writer + (config.VocabularySize - Vocabulary) * token);
    }

    /// <summary>The keys of published configs that say what is computed.</summary>
    [Theory]
    [InlineData("bart-base", """
        {
          "activation_dropout": 0.1, "activation_function": "gelu", "add_bias_logits": false, "add_final_layer_norm": false, "attention_dropout": 0.1,
          "bos_token_id": 0, "classif_dropout": 0.1, "classifier_dropout": 0.0, "d_model": 768, "decoder_attention_heads": 12, "decoder_ffn_dim": 3072,
          "decoder_layerdrop": 0.0, "decoder_layers": 6, "decoder_start_token_id": 2, "dropout": 0.1, "encoder_attention_heads": 12,
          "encoder_ffn_dim": 3072, "encoder_layerdrop": 0.0, "encoder_layers": 6, "eos_token_id": 2, "init_std": 0.02, "is_encoder_decoder": true,
          "max_position_embeddings": 1024, "model_type": "bart", "normalize_before": false, "normalize_embedding": true, "num_hidden_layers": 6,
          "pad_token_id": 1, "scale_embedding": false, "use_cache": true, "vocab_size": 50265
        }
        """)]
    [InlineData("opus-mt-en-de", """
        {
          "activation_dropout": 0.0, "activation_function": "swish", "attention_dropout": 0.0, "bos_token_id": 0, "classifier_dropout": 0.0,
          "d_model": 512, "decoder_attention_heads": 8, "decoder_ffn_dim": 2048, "decoder_layers": 6, "decoder_start_token_id": 58100,
          "dropout": 0.1, "encoder_attention_heads": 8, "encoder_ffn_dim": 2048, "encoder_layers": 6, "eos_token_id": 0, "init_std": 0.02,
          "is_encoder_decoder": true, "max_position_embeddings": 512, "model_type": "marian", "normalize_before": false, "normalize_embedding": false,
          "num_hidden_layers": 6, "pad_token_id": 58100, "scale_embedding": true, "static_position_embeddings": true, "vocab_size": 58101
        }
        """)]
    [InlineData("t5-v1_1-small", """
        {
          "d_ff": 1024, "d_kv": 64, "d_model": 512, "decoder_start_token_id": 0, "dropout_rate": 0.1, "eos_token_id": 1,
          "feed_forward_proj": "gated-gelu", "initializer_factor": 1.0, "is_encoder_decoder": true, "layer_norm_epsilon": 1e-06,
          "model_type": "t5", "num_heads": 6, "num_layers": 8, "pad_token_id": 0, "relative_attention_num_buckets": 32,
          "tie_word_embeddings": false, "use_cache": true, "vocab_size": 32128
        }
        """)]
    [InlineData("mt5-small", """
        {
          "d_ff": 1024, "d_kv": 64, "d_model": 512, "decoder_start_token_id": 0, "dense_act_fn": "gelu_new", "dropout_rate": 0.1, "eos_token_id": 1,
          "feed_forward_proj": "gated-gelu", "initializer_factor": 1.0, "is_encoder_decoder": true, "is_gated_act": true, "layer_norm_epsilon": 1e-06,
          "model_type": "mt5", "num_heads": 6, "num_layers": 8, "pad_token_id": 0, "relative_attention_max_distance": 128,
          "relative_attention_num_buckets": 32, "tie_word_embeddings": false, "use_cache": true, "vocab_size": 250112
        }
        """)]
    public void APresetIsWhatThePublishedConfigSays(string preset, string json)
    {
        var read = TextConfig.FromJson(json);
        var expected = Find(preset).TextPresetsOf()[preset];
        Assert.Equal(expected.EosIds, read.EosIds);
        Assert.Equal(expected with { OtherKeys = read.OtherKeys, EosIds = read.EosIds }, read);
        Assert.DoesNotContain("is_encoder_decoder", read.OtherKeys!.Keys);
    }

    private static TextConfig Sized(TextConfig config, int layers, int decoderLayers) => config switch
    {
        TransformerConfig transformer => transformer with { Layers = layers, DecoderLayers = decoderLayers, VocabularySize = Vocabulary },
        EncoderDecoderConfig sides => sides with { Layers = layers, DecoderLayers = decoderLayers, VocabularySize = Vocabulary },
        SwitchTransformersConfig mixed => mixed with
        {
            Layers = layers, DecoderLayers = decoderLayers, SparseLayers = layers / 2, SparseDecoderLayers = decoderLayers / 2, VocabularySize = Vocabulary,
        },
        T5Config t5 => t5 with { Layers = layers, DecoderLayers = decoderLayers, VocabularySize = Vocabulary },
        _ => throw new NotSupportedException(config.ModelType),
    };

    private static int DecoderLayers(TextConfig config) => config switch
    {
        TransformerConfig transformer => transformer.DecoderLayers,
        EncoderDecoderConfig sides => sides.DecoderLayers,
        T5Config t5 => t5.DecoderLayers ?? t5.Layers,
        _ => throw new NotSupportedException(config.ModelType),
    };

    private static long Count(IReadOnlyList<long[]> shapes) => shapes.Sum(shape => shape.Aggregate(1L, (a, b) => a * b));

    private static List<long[]> Shapes(TextConfig config)
    {
        using var scope = NewDisposeScope();
        return [.. Publish(Architectures.Find(config.ModelType), config).Where(pair => pair.Name != ConstantBias).Select(pair => pair.Tensor.shape)];
    }

    private static IReadOnlyList<(string Name, Tensor Tensor)> Publish(Architecture architecture, TextConfig config)
    {
        using var shapes = new ShapesOnly();
        var backbone = architecture.Build<TextBackbone>(config);
        using var model = new TextModel(config, backbone, LanguageModelHead.Of(config, backbone));
        return Checkpoint.Publish(model, architecture.Names);
    }

    private static Architecture Find(string preset) => Assert.Single(Architectures.Of<TextConfig>(), architecture => architecture.Presets.ContainsKey(preset));

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";
}
