using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

public class TokenizerJsonTests
{
    private const string Model = """{"type":"WordLevel","vocab":{"<unk>":0,"a":1},"unk_token":"<unk>"}""";

    public static TheoryData<string> Published => [.. SharedTokenizers.All];

    public static TheoryData<string> Variants => [.. DifferentialVariants.All.Keys];

    [Theory]
    [InlineData("""{"model":{"type":"Foo"}}""", "$.model.type")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[["a"]]}}""", "$.model.merges[0]")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}""", "$.model")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":-1},"unk_token":"a","continuing_subword_prefix":"##","max_input_chars_per_word":1}}""", "$.model.vocab")]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":"b"},"unk_token":"a"}}""", "$.model.vocab['a']")]
    [InlineData("""{}""", "'model' is missing")]
    [InlineData("""[]""", "an object is needed here")]
    [InlineData("""{"model":""", "no JSON")]
    public void ABadModelIsRefusedWithItsPath(string json, string expected) => AssertRefused(json, expected);

    [Theory]
    [InlineData("\"version\":\"2.0\"", "$.version")]
    [InlineData("\"normalizer\":{\"type\":\"Foo\"}", "$.normalizer.type")]
    [InlineData("\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Bar\"}]}", "$.normalizer.normalizers[1].type")]
    [InlineData("\"normalizer\":{\"type\":\"Strip\",\"strip_left\":1,\"strip_right\":true}", "$.normalizer.strip_left")]
    [InlineData("\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a\"},\"content\":\"\"}", "$.normalizer.pattern.Regex")]
    [InlineData("\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\\\\p{Foo}\"},\"content\":\"\"}", "unknown property 'Foo'")]
    [InlineData("\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"String\":\"a\"},\"behavior\":\"Gone\",\"invert\":false}]}", "$.pre_tokenizer.pretokenizers[0].behavior")]
    [InlineData("\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"ab\"}", "$.pre_tokenizer.replacement")]
    [InlineData("\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"_\",\"prepend_scheme\":\"sometimes\"}", "$.pre_tokenizer.prepend_scheme")]
    [InlineData("\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"a\"],\"cls\":[\"a\",1]}", "$.post_processor.sep")]
    [InlineData("\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"x\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":{}}", "'x'")]
    [InlineData("\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Foo\"}]}", "$.decoder.decoders[0].type")]
    [InlineData("\"truncation\":{\"max_length\":-1,\"strategy\":\"LongestFirst\",\"stride\":0}", "$.truncation.max_length")]
    [InlineData("\"padding\":{\"strategy\":\"Shortest\",\"direction\":\"Right\",\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"\"}", "$.padding.strategy")]
    [InlineData("\"added_tokens\":[{\"id\":1,\"content\":\"x\"}]", "$.added_tokens[0]")]
    public void ABadPartIsRefusedWithItsPath(string part, string expected) => AssertRefused($$"""{"model":{{Model}},{{part}}}""", expected);

    [Theory]
    [MemberData(nameof(Variants))]
    public void WhatIsWrittenIsReadAndWrittenAgainTheSame(string name)
    {
        string first = Write(DifferentialVariants.All[name]);
        Assert.Equal(first, Write(Read(first)));
    }

    [SharedDataTheory]
    [MemberData(nameof(Published))]
    public void PublishedFilesAreWrittenBackEqual(string name)
    {
        JsonNode original = JsonNode.Parse(File.ReadAllBytes(SharedTokenizers.PathOf(name)))!, written = JsonNode.Parse(Write(SharedTokenizers.Load(name)))!;
        Assert.Equal(original.AsObject().Select(part => part.Key), written.AsObject().Select(part => part.Key));
        AssertContained(original, written, "$");
    }

    /// <summary>Everything that was in the file is in what is written, but for what the current form of the file has done away with.</summary>
    private static void AssertContained(JsonNode? original, JsonNode? written, string path)
    {
        switch (original)
        {
            case JsonObject properties:
                foreach ((string name, JsonNode? value) in properties.Where(property => property.Key is not ("str_rep" or "add_prefix_space") || written!.AsObject().ContainsKey(property.Key)))
                {
                    AssertContained(value, written![name], $"{path}.{name}");
                }

                break;
            case JsonArray items when path == "$.model.merges":
                Assert.Equal(items.Select(item => item is JsonArray pair ? string.Join(' ', pair) : item!.ToString()), written!.AsArray().Select(item => string.Join(' ', item!.AsArray())));
                break;
            case JsonArray items:
                Assert.True(items.Count == written!.AsArray().Count, path);
                for (int i = 0; i < items.Count; i++)
                {
                    AssertContained(items[i], written[i], $"{path}[{i}]");
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                Assert.Equal(value.GetValue<double>(), written!.GetValue<double>());
                break;
            default:
                Assert.True(JsonNode.DeepEquals(original, written), path);
                break;
        }
    }

    private static void AssertRefused(string json, string expected) => Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static TransformerTokenizer Read(string json) => TransformerTokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static string Write(TransformerTokenizer tokenizer)
    {
        using var stream = new MemoryStream();
        tokenizer.Save(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
