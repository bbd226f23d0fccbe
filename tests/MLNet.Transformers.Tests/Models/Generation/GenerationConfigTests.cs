using System.Text.Json.Nodes;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

public class GenerationConfigTests
{
    // The keys and the kinds of their values are those of published files: Llama 3's list of ends, Whisper's, BART's.
    private const string Published =
        """
        {
          "_from_model_config": true,
          "begin_suppress_tokens": [220, 50256],
          "bos_token_id": 0,
          "decoder_start_token_id": 2,
          "do_sample": true,
          "early_stopping": true,
          "eos_token_id": [128001, 128009],
          "force_words_ids": [[5, 6], [[7], [8, 9]]],
          "forced_bos_token_id": 0,
          "forced_eos_token_id": 2,
          "length_penalty": 2.0,
          "max_length": 142,
          "min_length": 56,
          "no_repeat_ngram_size": 3,
          "num_beams": 4,
          "pad_token_id": 1,
          "stop_strings": "\n\n",
          "suppress_tokens": [],
          "task_to_id": { "transcribe": 50359 },
          "temperature": 0.6,
          "top_p": 0.9,
          "transformers_version": "4.27.0.dev0"
        }
        """;

    [Fact]
    public void PublishedKeysAreRead()
    {
        var config = GenerationConfig.FromJson(Published);
        Assert.Equal(EarlyStopping.WhenFull, config.EarlyStopping);
        Assert.Equal([128001, 128009], config.EosIds!);
        Assert.Equal([2], config.ForcedLastIds!);
        Assert.Equal(["\n\n"], config.StopStrings!);
        Assert.Equal([[5, 6]], config.ForcedWords![0].Alternatives);
        Assert.Equal([[7], [8, 9]], config.ForcedWords[1].Alternatives);
        Assert.Equal((4, 142, 56, 2.0, 3), (config.Beams, config.MaxLength, config.MinLength, config.LengthPenalty, config.NoRepeatNgram));
        Assert.Equal((true, 0.6, 0.9, null), (config.Samples, config.Temperature, config.TopP, config.TopK));
    }

    [Fact]
    public void EveryKeySurvives()
    {
        var written = JsonNode.Parse(GenerationConfig.FromJson(Published).ToJson())!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Published), written), written.ToJsonString());
    }

    [Theory]
    [InlineData("false", EarlyStopping.Heuristic)]
    [InlineData("true", EarlyStopping.WhenFull)]
    [InlineData("\"never\"", EarlyStopping.Never)]
    public void EarlyStoppingIsATruthValueOrAWord(string json, EarlyStopping expected)
    {
        var config = GenerationConfig.FromJson($$"""{"early_stopping": {{json}}}""");
        Assert.Equal(expected, config.EarlyStopping);
        Assert.Contains($"\"early_stopping\": {json}", config.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"early_stopping": "always"}""", "early_stopping")]
    [InlineData("""{"num_beams": "four"}""", "num_beams")]
    [InlineData("""{"force_words_ids": [3]}""", "force_words_ids")]
    [InlineData("""{"max_length": """, "cannot be read")]
    [InlineData("null", "null")]
    public void WhatCannotBeReadIsNamed(string json, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => GenerationConfig.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheStrategyFollowsFromTheOptions()
    {
        Assert.Equal(new GreedySearch(), new GenerationConfig().Strategy);
        Assert.Equal(new GreedySearch(), new GenerationConfig { Temperature = 0.5, TopP = 0.9 }.Strategy);
        Assert.Equal(new Sampling(), new GenerationConfig { Samples = true }.Strategy);
        Assert.Equal(new BeamSearch(4, 1, false, []), new GenerationConfig { Beams = 4 }.Strategy);
        Assert.Equal(new BeamSearch(4, 1, true, []), new GenerationConfig { Beams = 4, Samples = true }.Strategy);
        Assert.Equal(new BeamSearch(6, 3, false, []), new GenerationConfig { Beams = 6, BeamGroups = 3, DiversityPenalty = 1 }.Strategy);
        Assert.Equal(new ContrastiveSearch(4, 0.6), new GenerationConfig { ContrastivePenalty = 0.6, TopK = 4 }.Strategy);
        Assert.Equal(new ContrastiveSearch(50, 0.6), new GenerationConfig { ContrastivePenalty = 0.6 }.Strategy);
        Assert.Equal(new GreedySearch(), new GenerationConfig { ContrastivePenalty = 0.6, TopK = 1 }.Strategy);
    }

    public static TheoryData<string, GenerationConfig> Faults => new()
    {
        { "max_length", new() { MaxLength = 0 } },
        { "max_new_tokens", new() { MaxNewTokens = -1 } },
        { "min_length", new() { MinLength = 30, MaxLength = 20 } },
        { "min_new_tokens", new() { MinNewTokens = 3, MaxNewTokens = 2 } },
        { "stop_strings", new() { StopStrings = [""] } },
        { "cache_implementation", new() { CacheKind = "quantum" } },
        { "temperature", new() { Temperature = 0 } },
        { "top_k", new() { TopK = -1 } },
        { "top_p", new() { TopP = 1.5 } },
        { "min_p", new() { MinP = -0.1 } },
        { "typical_p", new() { TypicalP = 0 } },
        { "epsilon_cutoff", new() { EpsilonCutoff = 1 } },
        { "repetition_penalty", new() { RepetitionPenalty = 0 } },
        { "no_repeat_ngram_size", new() { NoRepeatNgram = -1 } },
        { "bad_words_ids", new() { BadWords = [[]] } },
        { "num_beams", new() { Beams = 0 } },
        { "num_beam_groups", new() { Beams = 4, BeamGroups = 3 } },
        { "diversity_penalty", new() { Beams = 4, BeamGroups = 2 } },
        { "num_return_sequences", new() { Answers = 2 } },
        { "num_return_sequences", new() { Answers = 3, Beams = 2 } },
        { "num_beams", new() { ForcedWords = [ForcedWords.Of(1)] } },
        { "force_words_ids", new() { Beams = 2, ForcedWords = [new([[1], [1, 2]])] } },
        { "penalty_alpha", new() { ContrastivePenalty = 2 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultIsNamedAsPublished(string key, GenerationConfig config) =>
        Assert.StartsWith($"The generation option {key} = ", Assert.Throws<ArgumentException>(config.Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void AnOldFolderHasTheOptionsInItsConfig()
    {
        var model = TextConfig.FromJson("""{"model_type": "bert", "num_beams": 5, "early_stopping": true, "eos_token_id": 3, "pad_token_id": 7, "hidden_size": 12, "top_k": 10}""");
        var config = GenerationConfig.Of(model);
        Assert.Equal((5, EarlyStopping.WhenFull, 7, 10), (config.Beams, config.EarlyStopping, config.PaddingId, config.TopK));
        Assert.Equal([3], config.EosIds!);
        Assert.Null(config.OtherKeys);
    }
}
