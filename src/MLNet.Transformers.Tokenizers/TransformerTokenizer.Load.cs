namespace MLNet.Transformers.Tokenizers;

public sealed partial class TransformerTokenizer
{
    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="InvalidDataException">The file is malformed or has parts that this version does not know; the message names their JSON path.</exception>
    public static TransformerTokenizer Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Load(stream);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="stream">The content of the file.</param>
    /// <exception cref="InvalidDataException">The file is malformed or has parts that this version does not know; the message names their JSON path.</exception>
    public static TransformerTokenizer Load(Stream stream) => new(TokenizerJson.Read(stream));

    /// <summary>Reads a <c>tokenizer.json</c> and what a <c>tokenizer_config.json</c> adds to it.</summary>
    /// <param name="stream">The content of the <c>tokenizer.json</c>.</param>
    /// <param name="config">The content of the <c>tokenizer_config.json</c>.</param>
    /// <exception cref="InvalidDataException">A file is malformed or has parts that this version does not know; the message names their JSON path.</exception>
    public static TransformerTokenizer Load(Stream stream, Stream config) => TokenizerFolder.Configure(Load(stream), TokenizerConfig.Read(config));

    /// <summary>Reads the tokenizer of a Hugging Face folder.</summary>
    /// <remarks>
    /// It is read from <c>tokenizer.json</c>, or else from <c>vocab.txt</c>, <c>vocab.json</c> with <c>merges.txt</c>, a SentencePiece
    /// model or a <c>.tiktoken</c> file; <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> add what they say.
    /// </remarks>
    /// <param name="folder">The path of the folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has none of these files.</exception>
    /// <exception cref="InvalidDataException">A file is malformed; the message names it.</exception>
    /// <exception cref="NotSupportedException">The files do not say enough; the message names what is needed.</exception>
    public static TransformerTokenizer FromFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return TokenizerFolder.Read(folder);
    }

    /// <summary>Reads a <c>.tiktoken</c> file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="words">The regular expression of words, such as <see cref="WordPatterns.Cl100k"/>.</param>
    /// <param name="specialTokens">The special tokens and their ids.</param>
    /// <exception cref="InvalidDataException">The file is malformed; the message names it.</exception>
    /// <seealso href="https://github.com/openai/tiktoken"/>
    public static TransformerTokenizer FromTiktoken(string path, string words, IReadOnlyDictionary<string, int>? specialTokens = null) => new(
        new TokenizerPipeline(BytePairEncoding.FromTiktoken(path))
        {
            AddedTokens = [.. (specialTokens ?? new Dictionary<string, int>()).Select(token => new AddedToken(token.Key, token.Value) { Special = true })],
            PreTokenizer = new SequencePreTokenizer([new SplitPreTokenizer(TextPattern.Regex(words)), new ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false)]),
            Decoder = new ByteLevelDecoder(),
        });

    /// <summary>Writes <c>tokenizer.json</c>, <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c>.</summary>
    /// <param name="folder">The path of the folder, which is made where it is absent.</param>
    public void SavePretrained(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        TokenizerFolder.Write(folder, this);
    }

    /// <summary>Writes a <c>tokenizer.json</c>.</summary>
    /// <param name="path">The path of the file.</param>
    public void Save(string path)
    {
        using FileStream stream = File.Create(path);
        Save(stream);
    }

    /// <summary>Writes a <c>tokenizer.json</c>.</summary>
    /// <param name="stream">Where the file goes.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TokenizerJson.Write(stream, Pipeline with { AddedTokens = _addedTokens.Tokens });
    }

    /// <summary>Writes a <c>tokenizer_config.json</c>: the tokens with a role, and the settings.</summary>
    /// <param name="stream">Where the file goes.</param>
    public void SaveConfig(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TokenizerConfig.Write(stream, SpecialTokens, Settings);
    }
}
