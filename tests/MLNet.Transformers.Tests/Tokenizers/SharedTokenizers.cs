using System.Collections.Concurrent;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>The tokenizers of the shared data, each loaded once.</summary>
internal static class SharedTokenizers
{
    public const string
        Albert = "albert-base-v2/tokenizer.rebuilt.json",
        BertCased = "bert-base-cased/tokenizer.rebuilt.json",
        BertMultilingual = "bert-base-multilingual-cased/tokenizer.json",
        BertUncased = "bert-base-uncased/tokenizer.json",
        Clip = "clip/tokenizer.json",
        Gpt2 = "gpt2/tokenizer.rebuilt.json",
        Llama2 = "llama2/tokenizer.json",
        Roberta = "roberta-base/tokenizer.json",
        T5 = "t5-small/tokenizer.json",
        Whisper = "whisper-tiny/tokenizer.json";

    private static readonly ConcurrentDictionary<string, Lazy<TransformerTokenizer>> s_loaded = new();

    public static IReadOnlyList<string> All { get; } = [Albert, BertCased, BertMultilingual, BertUncased, Clip, Gpt2, Llama2, Roberta, T5, Whisper];

    public static string PathOf(string tokenizer) => SharedData.Path(["tokenizers", .. tokenizer.Split('/')]);

    public static TransformerTokenizer Load(string tokenizer) =>
        s_loaded.GetOrAdd(tokenizer, name => new Lazy<TransformerTokenizer>(() => TransformerTokenizer.Load(PathOf(name)))).Value;
}
