using System.Text;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

public sealed class TokenizerFolderTests : IDisposable
{
    private const string Text = "Hello wörld, it's 2024! <mask> 日本 don't";

    private readonly string _folder = Directory.CreateTempSubdirectory("transformers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedDataTheory]
    [InlineData("bert-base-cased", SharedTokenizers.BertCased, "vocab.txt", """{"do_lower_case":false}""")]
    [InlineData("bert-base-uncased", SharedTokenizers.BertUncased, "vocab.txt", """{"tokenizer_class":"BertTokenizerFast"}""")]
    [InlineData("gpt2", SharedTokenizers.Gpt2, "vocab.json,merges.txt", "{}")]
    [InlineData("roberta-base", SharedTokenizers.Roberta, "vocab.json,merges.txt", """{"tokenizer_class":"RobertaTokenizer"}""")]
    public void VocabularyFilesGiveWhatTheTokenizerFileGives(string source, string expected, string files, string config)
    {
        foreach (string file in files.Split(','))
        {
            File.Copy(SharedData.Path("tokenizers", source, file), Path.Combine(_folder, file));
        }

        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), config);
        TransformerTokenizer tokenizer = TransformerTokenizer.FromFolder(_folder);
        foreach (string text in AdversarialTexts.Generate(seed: 3, mixtures: 50).Append(Text).Where(text => !text.Contains("mask", StringComparison.OrdinalIgnoreCase)))
        {
            Assert.Equal(SharedTokenizers.Load(expected).Encode(text, text).Ids.AsEnumerable(), tokenizer.Encode(text, text).Ids);
        }
    }

    [SharedDataFact]
    public void TheConfigurationSaysWhichTokensHaveARole()
    {
        TransformerTokenizer llama = TransformerTokenizer.FromFolder(SharedData.Path("tokenizers", "llama2"));
        Assert.Equal((0, 1, 2), (llama.UnknownTokenId, llama.BeginningOfSentenceTokenId, llama.EndOfSentenceTokenId));
        Assert.Null(llama.PaddingTokenId);
        Assert.Null(llama.Settings.MaxLength);
        Assert.False(llama.Settings.CleansUpSpaces);

        TransformerTokenizer t5 = TransformerTokenizer.FromFolder(SharedData.Path("tokenizers", "t5-small"));
        Assert.Equal((0, 1, 2, 512), (t5.PaddingTokenId, t5.EndOfSentenceTokenId, t5.UnknownTokenId, t5.Settings.MaxLength));
        Assert.True(t5.Settings.CleansUpSpaces);
        Assert.Equal(100, t5.SpecialTokens.Additional.Count);
    }

    [SharedDataFact]
    public void ASavedFolderIsReadTheSame()
    {
        TransformerTokenizer original = TransformerTokenizer.FromFolder(SharedData.Path("tokenizers", "clip"));
        original.SavePretrained(_folder);
        TransformerTokenizer read = TransformerTokenizer.FromFolder(_folder);
        Assert.Equal(original.Encode(Text, Text).Ids.AsEnumerable(), read.Encode(Text, Text).Ids);
        Assert.Equal(original.Settings, read.Settings);
        Assert.Equal(original.SpecialTokens with { Additional = [] }, read.SpecialTokens with { Additional = [] });
    }

    [SharedDataFact]
    public void LowerCaseOfTheConfigurationDecides()
    {
        File.Copy(SharedTokenizers.PathOf(SharedTokenizers.BertUncased), Path.Combine(_folder, "tokenizer.json"));
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), """{"do_lower_case":false,"model_max_length":512,"padding_side":"left"}""");
        TransformerTokenizer tokenizer = TransformerTokenizer.FromFolder(_folder);
        Assert.Equal(["[UNK]"], tokenizer.Encode("HELLO", addSpecialTokens: false).Tokens.AsEnumerable());
        Assert.Equal((512, TextSide.Left), (tokenizer.Settings.MaxLength, tokenizer.Settings.PaddingSide));
    }

    [Fact]
    public void ATiktokenFileMergesTheLowestRankFirst()
    {
        // Ranks by hand: "ab" merges before "bc", and "abc" is a token that only the whole word reaches.
        string[] tokens = [.. Enumerable.Range(0, 256).Select(value => Convert.ToBase64String([(byte)value])), .. new[] { "ab", "bc", "abc", "cab", " a" }.Select(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))];
        string path = Path.Combine(_folder, "cl100k_base.tiktoken");
        File.WriteAllLines(path, tokens.Select((token, id) => $"{token} {id}"));
        TransformerTokenizer tokenizer = TransformerTokenizer.FromFolder(_folder);
        Assert.Equal([258], tokenizer.Encode("abc").Ids.AsEnumerable());
        Assert.Equal([258, 'd'], tokenizer.Encode("abcd").Ids.AsEnumerable());
        Assert.Equal([256, 257], tokenizer.Encode("abbc").Ids.AsEnumerable());
        Assert.Equal(Text, tokenizer.Decode(tokenizer.Encode(Text).Ids));
    }

    [Fact]
    public void AFolderWithoutTokenizerSaysWhatItLooksFor()
    {
        Assert.Contains("tokenizer.json", Assert.Throws<FileNotFoundException>(() => TransformerTokenizer.FromFolder(_folder)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => TransformerTokenizer.FromFolder(Path.Combine(_folder, "absent")));
    }

    [Fact]
    public void AMalformedFileIsNamed()
    {
        string vocabulary = Path.Combine(_folder, "vocab.json"), merges = Path.Combine(_folder, "merges.txt");
        File.WriteAllText(vocabulary, """{"a":0,"b":1}""");
        File.WriteAllText(merges, "#version: 0.2\na b\n");
        Assert.Contains(merges, Assert.Throws<InvalidDataException>(() => BytePairEncoding.FromFiles(vocabulary, merges)).Message, StringComparison.Ordinal);
        File.WriteAllText(merges, "ab\n");
        Assert.Contains("line 1", Assert.Throws<InvalidDataException>(() => BytePairEncoding.FromFiles(vocabulary, merges)).Message, StringComparison.Ordinal);
        File.WriteAllText(vocabulary, "{");
        Assert.Contains(vocabulary, Assert.Throws<InvalidDataException>(() => BytePairEncoding.FromFiles(vocabulary, merges)).Message, StringComparison.Ordinal);
    }
}
