namespace MLNet.Transformers.Tokenizers;

/// <summary>Learns a tokenizer from texts: the settings of the training and the parts of the tokenizer that are not learned.</summary>
/// <remarks>The same texts and settings give the same tokenizer, byte for byte once saved, in whatever order the texts come.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/trainers"/>
public abstract record TokenizerTrainer
{
    private protected TokenizerTrainer()
    {
    }

    /// <summary>How many tokens the vocabulary holds at most, special ones included.</summary>
    public int VocabularySize { get; init; } = 30_000;

    /// <summary>The tokens that no text is cut into and that come first in the vocabulary, such as <c>[PAD]</c>.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>What cleans the texts, before training and in the trained tokenizer.</summary>
    public TextNormalizer? Normalizer { get; init; }

    /// <summary>What splits the texts into the words that tokens are learned from, also in the trained tokenizer.</summary>
    public TextPreTokenizer? PreTokenizer { get; init; }

    /// <summary>What puts special tokens around the tokens of a text in the trained tokenizer; <see langword="null"/> takes what suits the special tokens.</summary>
    public PostProcessor? PostProcessor { get; init; }

    /// <summary>What puts tokens back together to text in the trained tokenizer; <see langword="null"/> takes what suits the settings.</summary>
    public TokenDecoder? Decoder { get; init; }

    /// <summary>Reads <paramref name="texts"/> once, from first to last, and learns a tokenizer from them.</summary>
    /// <param name="texts">The corpus; only its distinct words are held in memory.</param>
    /// <param name="progress">Is told about a hundred times a stage how far the training has come.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="ArgumentException">A text is <see langword="null"/>, or there is no word in any of them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The settings contradict each other or do not suit the texts.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> asked to stop.</exception>
    public TransformerTokenizer Train(
        IEnumerable<string> texts,
        IProgress<TokenizerTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        CheckSettings();
        TrainingRun run = new(progress, cancellationToken);
        WordCounts words = CountWords(texts, run);
        if (words.Count == 0)
        {
            throw new ArgumentException("There is no word in any of the texts, so there is nothing to learn from.", nameof(texts));
        }
        TokenizationAlgorithm algorithm = Learn(words.InOrder(), run);
        return new TransformerTokenizer(new TokenizerPipeline(algorithm)
        {
            AddedTokens = [.. SpecialTokens.Select(token => new AddedToken(token) { Special = true })],
            Normalizer = Normalizer,
            PreTokenizer = PreTokenizer,
            PostProcessor = PostProcessor ?? MakePostProcessor(),
            Decoder = Decoder ?? MakeDecoder(),
        });
    }

    /// <summary>Learns the vocabulary from the distinct words and their frequencies.</summary>
    private protected abstract TokenizationAlgorithm Learn(KeyValuePair<string, long>[] words, TrainingRun run);

    /// <summary>The post-processor where none is set.</summary>
    private protected virtual PostProcessor? MakePostProcessor() => null;

    /// <summary>The decoder where none is set.</summary>
    private protected virtual TokenDecoder? MakeDecoder() => null;

    private protected virtual void CheckSettings()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(VocabularySize);
        if (SpecialTokens.Any(string.IsNullOrEmpty))
        {
            throw new InvalidOperationException($"{nameof(SpecialTokens)} contains an empty token.");
        }
        if (SpecialTokens.GroupBy(token => token).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new InvalidOperationException($"{nameof(SpecialTokens)} contains '{repeated.Key}' twice.");
        }
    }

    /// <summary>Refuses a vocabulary that has no room for what it must contain.</summary>
    private protected void CheckRoom(int required, string requirement)
    {
        if (required > VocabularySize)
        {
            throw new InvalidOperationException(
                $"{nameof(VocabularySize)} is {VocabularySize}, but {requirement} already take {required} tokens.");
        }
    }

    private protected void CheckIsSpecial(string token, string setting)
    {
        if (!SpecialTokens.Contains(token, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{setting} '{token}' is not among the {nameof(SpecialTokens)}.");
        }
    }

    private WordCounts CountWords(IEnumerable<string> texts, TrainingRun run)
    {
        WordCounts words = new();
        PieceReader reader = new(Normalizer, PreTokenizer);
        long count = 0;
        foreach (string text in texts)
        {
            if (text is null)
            {
                throw new ArgumentException($"Text {count} is null.", nameof(texts));
            }
            reader.Read(text);
            foreach ((int start, int end) in reader.Pieces)
            {
                words.Add(reader.Chars[start..end]);
            }
            run.Report(TokenizerTrainingStage.CountingWords, ++count);
        }
        return words;
    }
}
