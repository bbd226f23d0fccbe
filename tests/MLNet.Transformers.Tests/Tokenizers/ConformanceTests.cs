using System.Text.Json;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>The outcomes that transformers.js expects of published tokenizers, for those whose files the shared data has.</summary>
public class ConformanceTests
{
    private const string Expected = "tokenizer-conformance/expected.json";

    private static readonly Dictionary<string, string> s_files = new()
    {
        ["Xenova/albert-base-v2"] = SharedTokenizers.Albert,
        ["Xenova/bert-base-uncased"] = SharedTokenizers.BertUncased,
        ["Xenova/bert-base-cased"] = SharedTokenizers.BertCased,
        ["google-bert/bert-base-cased"] = SharedTokenizers.BertCased,
        ["Xenova/bert-base-multilingual-cased-ner-hrl"] = SharedTokenizers.BertMultilingual,
        ["Xenova/clip-vit-base-patch16"] = SharedTokenizers.Clip,
        ["Xenova/distilbert-base-cased-distilled-squad"] = SharedTokenizers.BertCased,
        ["Xenova/distilbert-base-uncased-finetuned-sst-2-english"] = SharedTokenizers.BertUncased,
        ["Xenova/distiluse-base-multilingual-cased-v2"] = SharedTokenizers.BertMultilingual,
        ["Xenova/gpt2"] = SharedTokenizers.Gpt2,
        ["openai-community/gpt2"] = SharedTokenizers.Gpt2,
        ["Xenova/llama-tokenizer"] = SharedTokenizers.Llama2,
        ["Xenova/all-distilroberta-v1"] = SharedTokenizers.Roberta,
        ["Xenova/t5-small"] = SharedTokenizers.T5,
        ["google-t5/t5-small"] = SharedTokenizers.T5,
    };

    // Models of families whose tokenizers the shared data has, but which have others of their own.
    private static readonly Dictionary<string, string> s_leftOut = new()
    {
        ["Xenova/owlvit-base-patch32"] = "adds '!' as its padding token, which the CLIP file here does not have",
        ["Xenova/t5-tokenizer-new"] = "has another pre-tokenizer than the T5 file here",
        ["onnx-community/whisper-tiny.en"] = "has the English vocabulary; the file here is the multilingual one",
        ["distil-whisper/distil-small.en"] = "has the English vocabulary; the file here is the multilingual one",
        ["distil-whisper/distil-large-v3"] = "has one language more, so that later ids are greater by one",
        ["distil-whisper/distil-large-v2"] = "puts a language and a task before the text",
        ["Xenova/nb-whisper-tiny-beta"] = "puts a language and a task before the text",
    };

    public static TheoryData<string> Models => [.. s_files.Keys];

    [SharedDataTheory]
    [MemberData(nameof(Models))]
    public void GivesThePublishedIdsTokensAndText(string model)
    {
        TransformerTokenizer tokenizer = SharedTokenizers.Load(s_files[model]);

        // The library these outcomes are of cleans up unless the tokenizer's configuration says not to, as only Llama's does.
        tokenizer = tokenizer.With(tokenizer.Settings with { CleansUpSpaces = s_files[model] != SharedTokenizers.Llama2 });
        JsonElement cases = Families().SelectMany(family => family.Value.GetProperty("models").EnumerateObject()).First(entry => entry.Name == model).Value;
        foreach (JsonProperty test in cases.EnumerateObject())
        {
            string text = test.Value.GetProperty("text").GetString()!;
            string? pair = test.Value.TryGetProperty("text_pair", out JsonElement second) ? second.GetString() : null;
            int[] ids = [.. test.Value.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];

            Assert.Equal(ids, tokenizer.Encode(text, pair).Ids);
            Assert.Equal(test.Value.GetProperty("decoded").GetString(), tokenizer.Decode(ids));
            if (pair is null && test.Value.TryGetProperty("tokens", out JsonElement tokens))
            {
                Assert.Equal(tokens.EnumerateArray().Select(token => token.GetString()), tokenizer.Encode(text, addSpecialTokens: false).Tokens);
            }
        }
    }

    [SharedDataFact]
    public void EveryModelOfTheseFamiliesIsTestedOrLeftOutForAReason()
    {
        string[] ownTokenizers = ["Xenova/", "google-bert/", "openai-community/", "google-t5/", "distil-whisper/", "onnx-community/"];
        string[] families = ["albert", "clip", "t5", "whisper"];
        IEnumerable<string> models = Families().Where(family => families.Contains(family.Name))
            .SelectMany(family => family.Value.GetProperty("models").EnumerateObject()).Select(model => model.Name);

        Assert.All(models, model => Assert.True(s_files.ContainsKey(model) ^ s_leftOut.ContainsKey(model), model));
        Assert.All(s_files.Keys.Concat(s_leftOut.Keys), model => Assert.Contains(ownTokenizers, owner => model.StartsWith(owner, StringComparison.Ordinal)));
    }

    private static IEnumerable<JsonProperty> Families()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path(Expected.Split('/'))));
        return [.. document.RootElement.Clone().EnumerateObject()];
    }
}
