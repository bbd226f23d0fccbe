using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Configs of decoders as they are published, and what no published one has.</summary>
public class DecoderConfigTests
{
    [Fact]
    public void ScalingsAreReadUnderOldAndNewKeys()
    {
        Assert.Equal(new LinearScaling(2.5), Scaling("""{"type":"linear","factor":2.5}"""));
        Assert.Equal(new DynamicScaling(2, 64), Scaling("""{"rope_type":"dynamic","factor":2}"""));
        Assert.Equal(new WavelengthScaling(8, 1, 4, 16), Scaling("""{"rope_type":"llama3","factor":8,"low_freq_factor":1,"high_freq_factor":4,"original_max_position_embeddings":16}"""));
        var yarn = Assert.IsType<YarnScaling>(Scaling("""{"rope_type":"yarn","factor":4,"original_max_position_embeddings":16,"beta_fast":24,"truncate":false,"mscale":1.0,"mscale_all_dim":0.5}"""));
        Assert.Equal(new YarnScaling(4, 16) { Fast = 24, IsRounded = false, GivenMagnitude = yarn.GivenMagnitude }, yarn);
        Assert.Equal((0.1 * Math.Log(4) + 1) / (0.05 * Math.Log(4) + 1), yarn.Magnitude, 1e-12);
        Assert.Null(Scaling("""{"rope_type":"default"}"""));
        Assert.Null(Scaling("null"));
    }

    [Fact]
    public void KeysThatAreNotUsedSurvive()
    {
        var config = TextConfig.FromJson("""{"model_type":"llama","rope_scaling":{"rope_type":"longrope","short_factor":[1.0,2.0]}}""");
        Assert.Contains("short_factor", config.ToJson(), StringComparison.Ordinal);
    }

    /// <summary>Null and absent differ: absent is the first model's number.</summary>
    [Theory]
    [InlineData("""{"model_type":"mistral"}""", 8, 4096L)]
    [InlineData("""{"model_type":"mistral","num_key_value_heads":null,"sliding_window":null}""", null, null)]
    [InlineData("""{"model_type":"qwen2","num_key_value_heads":2,"sliding_window":null,"use_sliding_window":true}""", 2, null)]
    public void WhatIsNullStaysNull(string json, int? keyValueHeads, long? window)
    {
        var config = (RotaryDecoderConfig)TextConfig.FromJson(json);
        var again = (RotaryDecoderConfig)TextConfig.FromJson(config.ToJson());
        Assert.Equal((keyValueHeads, window), (config.KeyValueHeads, config.Window));
        Assert.Equal((keyValueHeads, window), (again.KeyValueHeads, again.Window));
    }

    [Fact]
    public void OlderBloomFilesAreRead()
    {
        var config = TextConfig.FromJson("""{"model_type":"bloom","n_embed":64,"num_attention_heads":4,"n_inner":null,"n_layer":2}""");
        Assert.Equal((64, 4, 256, 2), (config.HiddenSize, config.Heads, config.InnerSize, config.Layers));
        Assert.DoesNotContain("n_embed", config.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void EndsAreOneOrSeveral()
    {
        Assert.Equal([2, 5], TextConfig.FromJson("""{"model_type":"llama","eos_token_id":[2,5]}""").EosIds);
        Assert.Equal([2], TextConfig.FromJson("""{"model_type":"llama","eos_token_id":2,"pad_token_id":null}""").EosIds);
    }

    [Theory]
    [InlineData("rope_scaling", """{"model_type":"llama","rope_scaling":{"rope_type":"longrope"}}""")]
    [InlineData("scale_attn_by_inverse_layer_idx", """{"model_type":"gpt2","scale_attn_by_inverse_layer_idx":true}""")]
    [InlineData("apply_residual_connection_post_layernorm", """{"model_type":"bloom","apply_residual_connection_post_layernorm":true}""")]
    [InlineData("n_inner", """{"model_type":"bloom"}""")]
    [InlineData("layer_norm_elementwise_affine", """{"model_type":"opt","layer_norm_elementwise_affine":false}""")]
    [InlineData("layer_types", """{"model_type":"qwen2","use_sliding_window":true,"layer_types":["linear_attention"]}""")]
    public void WhatNoPublishedModelHasIsRefusedByName(string named, string json)
    {
        var config = TextConfig.FromJson(json) with { Layers = 1, HiddenSize = 32, InnerSize = 8, VocabularySize = 8 };
        var exception = Assert.Throws<NotSupportedException>(() => Architectures.Find(config.ModelType).Build<TextBackbone>(config is RotaryDecoderConfig rotary ? rotary with { Heads = 4, KeyValueHeads = 4 } : config));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingNumberOfAScalingIsNamed() => Assert.Contains(
        "'low_freq_factor'",
        Assert.Throws<InvalidDataException>(() => Scaling("""{"rope_type":"llama3","factor":8}""")).Message,
        StringComparison.Ordinal);

    private static RotaryScaling? Scaling(string json)
    {
        var config = (LlamaConfig)TextConfig.FromJson($$"""{"model_type":"llama","rope_scaling":{{json}}}""");
        return config.PublishedScaling?.Scaling(64);
    }
}
