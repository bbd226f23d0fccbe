using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>What a sentence-transformers folder says of the texts that it takes.</summary>
public sealed record SentenceTextSettings
{
    private static readonly string[] SettingsFiles =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json", "sentence_camembert_config.json",
        "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ];

    /// <summary>The longest text in tokens, special ones included; null for what the model can take.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether texts are put into lower case before the tokenizer sees them.</summary>
    public bool Lowercases { get; init; }

    /// <summary>Texts that go before others, by name.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>The prompt for texts that are given none; null for none.</summary>
    public string? DefaultPrompt { get; init; }

    /// <summary>Whether the prompt's tokens have part in pooling.</summary>
    public bool PoolsPrompt { get; init; } = true;

    internal static SentenceTextSettings Read(string transformerPath, string promptsFile, bool poolsPrompt)
    {
        var file = SettingsFiles.Select(name => Path.Combine(transformerPath, name)).FirstOrDefault(File.Exists);
        var texts = file is null ? new SentenceTextSettings() : SentenceEmbeddingFolder.Read(file, settings => new SentenceTextSettings
        {
            MaxLength = (int?)settings["max_seq_length"],
            Lowercases = (bool?)settings["do_lower_case"] ?? false,
        });
        return (File.Exists(promptsFile) ? SentenceEmbeddingFolder.Read(promptsFile, WithPrompts) : texts) with { PoolsPrompt = poolsPrompt };

        SentenceTextSettings WithPrompts(JsonNode settings) => texts with
        {
            Prompts = (settings["prompts"]?.AsObject() ?? []).ToDictionary(prompt => prompt.Key, prompt => (string?)prompt.Value ?? ""),
            DefaultPrompt = (string?)settings["default_prompt_name"],
        };
    }
}
