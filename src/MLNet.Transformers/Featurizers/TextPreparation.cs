using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>What happens to texts before the tokenizer sees them; nothing where the folder is not one of sentence-transformers.</summary>
/// <param name="Settings">What the folder says; null for nothing.</param>
/// <param name="PromptName">The prompt that goes before each text; null for none.</param>
internal sealed record TextPreparation(SentenceTextSettings? Settings = null, string? PromptName = null)
{
    private string Prompt => PromptName is null ? "" : Settings!.Prompts[PromptName];

    /// <exception cref="ArgumentException">The folder has no prompt of that name.</exception>
    public static TextPreparation Of(SentenceTextSettings settings, string? promptName)
    {
        var name = promptName ?? settings.DefaultPrompt;
        if (name is not null && !settings.Prompts.ContainsKey(name))
            throw new ArgumentException($"The folder has no prompt '{name}'; it has {(settings.Prompts.Count == 0 ? "none" : string.Join(", ", settings.Prompts.Keys.Order().Select(known => $"'{known}'")))}.");
        return new TextPreparation(settings, name);
    }

    /// <summary>With the prompt before it, without white space around it, in lower case: each where it is called for.</summary>
    public string Prepare(string text)
    {
        if (Settings is null)
            return text;
        var trimmed = (Prompt + text).Trim();
        return Settings.Lowercases ? trimmed.ToLowerInvariant() : trimmed;
    }

    /// <summary>How many tokens at the start of each text have no part in pooling.</summary>
    public int SkippedTokens(TransformerTokenizer tokenizer)
    {
        if (Settings is not { PoolsPrompt: false } || Prompt.Length == 0)
            return 0;
        var prompt = tokenizer.Encode(Prepare(""));
        return prompt.Length - prompt.SpecialTokensMask.Reverse().TakeWhile(special => special == 1).Count();
    }
}
