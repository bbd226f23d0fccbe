using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.SentencePiece;

/// <summary>Against the SentencePiece library, whose answers Goldens/goldens.py has recorded.</summary>
public class SentencePieceModelTests
{
    public static TheoryData<string> Models =>
    [
        "test_model", "test_ja_model", "t5-small", "marian-source", "marian-target", "llama2",
        "unigram-bytes", "bpe-bytes", "bpe", "characters", "suffix", "plain",
    ];

    [SharedDataTheory]
    [MemberData(nameof(Models))]
    public void EncodesHardTextsAsTheLibrary(string name)
    {
        (TransformerTokenizer tokenizer, JsonElement golden) = Load(name);

        Assert.All(golden.GetProperty("cases").EnumerateArray(), expected =>
        {
            string text = expected.GetProperty("text").GetString()!;
            Assert.Equal(expected.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), tokenizer.Encode(text).Ids.ToArray());
        });
    }

    [SharedDataTheory]
    [MemberData(nameof(Models))]
    public void DecodesAsTheLibrary(string name)
    {
        (TransformerTokenizer tokenizer, JsonElement golden) = Load(name);

        Assert.All(golden.GetProperty("cases").EnumerateArray(), expected =>
        {
            int[] ids = [.. expected.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            // The library shows unknown text as " ⁇ ", a tokenizer as its unknown token.
            string decoded = tokenizer.Decode(ids).Replace(tokenizer.SpecialTokens.Unknown!, " \u2047 ", StringComparison.Ordinal);
            Assert.Equal(expected.GetProperty("decoded").GetString(), decoded);
        });
    }

    [SharedDataTheory]
    [MemberData(nameof(Models))]
    public void EncodesABookAsTheLibrary(string name)
    {
        (TransformerTokenizer tokenizer, JsonElement golden) = Load(name);

        Assert.Equal(golden.GetProperty("book").GetString(), Digest(tokenizer));
    }

    [SharedDataTheory]
    [MemberData(nameof(Models))]
    public void EncodesTheSameOnceSavedAndLoaded(string name)
    {
        (TransformerTokenizer tokenizer, JsonElement golden) = Load(name);
        using MemoryStream stream = new();
        tokenizer.Save(stream);
        stream.Position = 0;

        Assert.Equal(golden.GetProperty("book").GetString(), Digest(TransformerTokenizer.Load(stream)));
    }

    [SharedDataFact]
    public void AddsTheEndOfTheSentenceWhereWanted()
    {
        SentencePieceModel model = SentencePieceModel.Load(SharedData.Path("tokenizers", "t5-small", "spiece.model"));

        TransformerTokenizer tokenizer = model.ToTokenizer(addsEndOfSentence: true);

        Assert.Equal(["▁Hello", "</s>", "▁world", "</s>"], [.. tokenizer.Encode("Hello", "world").Tokens]);
        Assert.Throws<InvalidDataException>(() => model.ToTokenizer(addsBeginningOfSentence: true));
    }

    [SharedDataFact]
    public void TakesTheIdsOfAnotherVocabulary()
    {
        string folder = SharedData.Path("tokenizers", "marian-opus-mt-en-mg");
        Dictionary<string, int> ids = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(folder, "vocab.json")))!;
        SentencePieceModel model = SentencePieceModel.Load(Path.Combine(folder, "source.spm"));

        TransformerTokenizer own = model.ToTokenizer();
        TransformerTokenizer shared = model.WithVocabulary(new Vocabulary(ids)).ToTokenizer(addsEndOfSentence: true);

        foreach (string text in (string[])["The company was founded in 2016.", "I saw a girl with a telescope."])
        {
            string[] tokens = [.. own.Encode(text).Tokens, "</s>"];
            Assert.Equal(tokens, shared.Encode(text).Tokens.ToArray());
            Assert.Equal(tokens.Select(token => ids[token]), shared.Encode(text).Ids.ToArray());
        }
    }

    [Fact]
    public void FindsControlPiecesInText()
    {
        TransformerTokenizer tokenizer = Load("bpe").Tokenizer;

        Assert.Equal(["▁a", "<ctl>"], [.. tokenizer.Encode("a<ctl>").Tokens]);
        Assert.Equal("a", tokenizer.Decode(tokenizer.Encode("a<ctl>").Ids, skipSpecialTokens: true));
    }

    [Fact]
    public void RefusesWhatIsNoModel()
    {
        Assert.Throws<InvalidDataException>(() => SentencePieceModel.Read([]));
        Assert.Throws<InvalidDataException>(() => SentencePieceModel.Read("not a model"u8));
        Assert.Throws<InvalidDataException>(() => SentencePieceModel.Read([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]));
    }

    private static (TransformerTokenizer Tokenizer, JsonElement Golden) Load(string name)
    {
        string goldens = Path.Combine(AppContext.BaseDirectory, "Tokenizers", "SentencePiece", "Goldens");
        JsonElement golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(goldens, "sentencepiece.json"))).RootElement.GetProperty(name);
        string path = golden.GetProperty("path").GetString() is { } published
            ? SharedData.Path(published.Split('/'))
            : Path.Combine(goldens, $"{name}.model");
        return (SentencePieceModel.Load(path).ToTokenizer(), golden);
    }

    private static string Digest(TransformerTokenizer tokenizer)
    {
        // As it is, mark at the beginning included.
        string book = Encoding.UTF8.GetString(File.ReadAllBytes(SharedData.Path("tokenizer-conformance", "sentencepiece", "botchan.txt")));
        IEnumerable<string> lines = book.Split('\n').Select(line => string.Join(' ', tokenizer.Encode(line).Ids));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}
