using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Learns a Unigram vocabulary, as SentencePiece's: by default in NFKC, with <c>▁</c> before each word, and without pieces
/// that mix scripts.
/// </summary>
/// <remarks>
/// It starts from all frequent substrings, fits their probabilities and drops the least useful until the vocabulary has the
/// wanted size.
/// </remarks>
/// <seealso href="https://aclanthology.org/P18-1007/"/>
public sealed record UnigramTrainer : TokenizerTrainer
{
    // How many more pieces than wanted are left for the last choice, which goes by probability alone.
    private const double Surplus = 1.1;

    private const double DroppedCharacterStep = 0.0001;

    /// <summary>Settings as SentencePiece's.</summary>
    public UnigramTrainer()
    {
        VocabularySize = 8_000;
        SpecialTokens = ["<unk>", "<s>", "</s>"];
        Normalizer = new SequenceNormalizer(
        [
            new NmtNormalizer(),
            new UnicodeNormalizer(NormalizationForm.FormKC),
            new StripNormalizer(),
            new ReplaceNormalizer(TextPattern.Regex(" {2,}"), " "),
        ]);
        PreTokenizer = new MetaspacePreTokenizer();
    }

    /// <summary>The special token that stands for characters that the vocabulary does not have.</summary>
    public string UnknownToken { get; init; } = "<unk>";

    /// <summary>Which share of the characters of the texts the vocabulary must be able to spell; the rarest are left out.</summary>
    public double CharacterCoverage { get; init; } = 0.9995;

    /// <summary>Characters that belong to the vocabulary whether the texts have them or not.</summary>
    public string InitialAlphabet { get; init; } = "";

    /// <summary>How many characters a piece has at most.</summary>
    public int MaximumPieceLength { get; init; } = 16;

    /// <summary>Whether a piece may have characters of several scripts, such as letters and digits.</summary>
    public bool AllowsMixedScripts { get; init; }

    /// <summary>How many substrings the choice starts from, besides single characters.</summary>
    public int SeedSize { get; init; } = 1_000_000;

    /// <summary>Which share of the pieces is kept each time that the least useful are dropped.</summary>
    public double ShrinkingFactor { get; init; } = 0.75;

    /// <summary>How often the probabilities are fitted before pieces are dropped.</summary>
    public int SubIterations { get; init; } = 2;

    /// <summary>Whether characters that the vocabulary does not have become their UTF-8 bytes; takes 256 tokens.</summary>
    public bool ByteFallback { get; init; }

    private protected override void CheckSettings()
    {
        base.CheckSettings();
        CheckIsSpecial(UnknownToken, nameof(UnknownToken));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumPieceLength);
        ArgumentOutOfRangeException.ThrowIfNegative(SeedSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SubIterations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ShrinkingFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ShrinkingFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CharacterCoverage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CharacterCoverage, 1);
    }

    private protected override TokenDecoder? MakeDecoder() => ByteFallback
        ? new SequenceDecoder([new ByteFallbackDecoder(), new MetaspaceDecoder(), new FuseDecoder()])
        : new MetaspaceDecoder();

    private protected override TokenizationAlgorithm Learn(KeyValuePair<string, long>[] words, TrainingRun run)
    {
        List<UnigramPiece> fixedPieces = [.. SpecialTokens.Select(token => new UnigramPiece(token, 0))];
        if (ByteFallback)
        {
            fixedPieces.AddRange(Enumerable.Range(0, 256).Select(value => new UnigramPiece($"<0x{value:X2}>", 0)));
        }
        Rune[] alphabet = ChooseAlphabet(words);
        CheckRoom(fixedPieces.Count + alphabet.Length, "the special tokens and the alphabet of the texts");
        words = KeepCharacters(words, [.. alphabet]);

        PieceModel model = FitPieces(words, run);
        IEnumerable<UnigramPiece> learned = ChoosePieces(model, alphabet, VocabularySize - fixedPieces.Count);
        int unknownId = fixedPieces.FindIndex(piece => piece.Token == UnknownToken);
        return new Unigram([.. fixedPieces, .. learned], unknownId, ByteFallback);
    }

    private PieceModel FitPieces(KeyValuePair<string, long>[] words, TrainingRun run)
    {
        run.Report(TokenizerTrainingStage.CollectingSeeds, 0, words.Length);
        var seeds = SeedPieces.Find(words, MaximumPieceLength, SeedSize, piece => AllowsMixedScripts || PieceScript.IsSingle(piece), run.CancellationToken);
        run.Report(TokenizerTrainingStage.CollectingSeeds, words.Length, words.Length);

        PieceFitter fitter = new(words, run.CancellationToken);
        int wanted = (int)(VocabularySize * Surplus);
        PieceModel model = PieceModel.FromSeeds(seeds);
        int surplus = Math.Max(0, seeds.Count - wanted);
        while (true)
        {
            for (int iteration = 0; iteration < SubIterations; iteration++)
            {
                model = fitter.Fit(model);
                run.Report(TokenizerTrainingStage.FittingPieces, Math.Min(surplus, seeds.Count - model.Pieces.Count), surplus);
            }
            if (model.Pieces.Count <= wanted)
            {
                return model;
            }
            model = fitter.Prune(model, Math.Max(wanted, (int)(ShrinkingFactor * model.Pieces.Count)));
        }
    }

    private Rune[] ChooseAlphabet(KeyValuePair<string, long>[] words)
    {
        Dictionary<Rune, long> counts = Alphabet.Count(words);
        long wanted = (long)Math.Ceiling(CharacterCoverage * counts.Values.Sum());
        HashSet<Rune> alphabet = [.. InitialAlphabet.EnumerateRunes()];
        long covered = 0;
        foreach ((Rune character, long count) in counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key))
        {
            if (covered >= wanted)
            {
                break;
            }
            covered += count;
            alphabet.Add(character);
        }
        return [.. alphabet.OrderByDescending(character => counts.GetValueOrDefault(character)).ThenBy(character => character)];
    }

    // Other characters will be unknown, so no piece spans them: the words are cut there.
    private static KeyValuePair<string, long>[] KeepCharacters(KeyValuePair<string, long>[] words, HashSet<Rune> alphabet)
    {
        WordCounts kept = new();
        foreach ((string word, long frequency) in words)
        {
            int start = 0, position = 0;
            foreach (Rune character in word.EnumerateRunes())
            {
                if (!alphabet.Contains(character))
                {
                    kept.Add(word.AsSpan(start..position), frequency);
                    start = position + character.Utf16SequenceLength;
                }
                position += character.Utf16SequenceLength;
            }
            kept.Add(word.AsSpan(start), frequency);
        }
        return kept.InOrder();
    }

    // The alphabet always, then the most probable pieces. Characters that were dropped come last, the rarest at the end.
    private static IEnumerable<UnigramPiece> ChoosePieces(PieceModel model, Rune[] alphabet, int count)
    {
        Dictionary<string, double> scores = model.Pieces.ToDictionary(piece => piece.Token, piece => piece.Score);
        HashSet<string> characters = [.. alphabet.Select(character => character.ToString())];
        string[] dropped = [.. alphabet.Select(character => character.ToString()).Where(character => !scores.ContainsKey(character))];
        IEnumerable<UnigramPiece> chosen = model.Pieces
            .Where(piece => !characters.Contains(piece.Token))
            .OrderByDescending(piece => piece.Score)
            .ThenBy(piece => piece.Token, CodePointOrder.Comparer)
            .Take(count - alphabet.Length);
        return chosen
            .Concat(model.Pieces.Where(piece => characters.Contains(piece.Token)))
            .Concat(dropped.Select((character, index) => new UnigramPiece(character, model.LeastScore - (DroppedCharacterStep * (index + 1)))))
            .OrderByDescending(piece => piece.Score)
            .ThenBy(piece => piece.Token, CodePointOrder.Comparer);
    }
}
