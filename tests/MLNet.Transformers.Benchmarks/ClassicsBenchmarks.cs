using MLNet.Transformers.Benchmarks.Tokenizers;
using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Benchmarks;

/// <summary>What the papers claim, on a small scale, with one seed each: the claim stands beside what came of it here.</summary>
internal static class ClassicsBenchmarks
{
    private const int Length = 64, LongLength = 256;

    public static void Compare(long steps, int tested)
    {
        Console.WriteLine("| what | here | the paper's claim |\n|---|---|---|");
        Translate(steps, tested);
        Write(steps);
    }

    /// <summary>Multi30k, BLEU.</summary>
    private static void Translate(long steps, int tested)
    {
        var data = new Translations(int.MaxValue, tested);
        var config = TranslationBenchmarks.Config();
        var plain = Score(data, config, steps, smoothing: 0);
        var smoothed = Score(data, config, steps);
        Row("label smoothing 0.1, against none", $"BLEU {smoothed:0.0}, {plain:0.0}", "raises BLEU though it hurts perplexity (Vaswani et al., 2017)");
        Row("mean of the last five weights, against the last", $"BLEU {Score(data, config, steps, averaged: 5):0.0}, {smoothed:0.0}", "helps: the published results are of averaged checkpoints (Vaswani et al., 2017)");
        Row("learned positions, against sinusoidal", $"BLEU {Score(data, config with { Positions = PositionEncoding.Learned }, steps):0.0}, {smoothed:0.0}", "nearly the same: 25.7 and 25.8 (Vaswani et al., 2017, table 3)");
        Row("one head, against eight", $"BLEU {Score(data, config with { Heads = 1 }, steps):0.0}, {smoothed:0.0}", "0.9 BLEU worse: 24.9 and 25.8 (Vaswani et al., 2017, table 3)");
    }

    private static double Score(Translations data, TransformerConfig config, long steps, double smoothing = 0.1, int averaged = 0)
    {
        torch.manual_seed(1);
        using var model = TextModel.Create(config, LanguageModelHead.Of);
        var options = TrainingOptions.Noam(config.HiddenSize, Math.Max(1, steps / 2), 1.2) with
        {
            MaxSteps = steps,
            Batching = new TokenBudget(4096),
            Seed = 1,
            Averaging = averaged > 0 ? new WeightAveraging(averaged) : null,
            ValidateEverySteps = averaged > 0 ? (int)Math.Max(1, steps / 20) : null,
        };
        new TrainingRun<SequencePair>(new SequenceToSequenceTask(model) { LabelSmoothing = smoothing }, options).Run(data.Training, averaged > 0 ? [.. data.Validation.Take(64)] : null);
        return data.Score(model).Score;
    }

    /// <summary>Characters of Shakespeare, loss on the last tenth.</summary>
    private static void Write(long steps)
    {
        var text = File.ReadAllText(Path.Combine(Corpus.FindData(), "lm-tinyshakespeare", "input.txt"));
        var letters = text.Distinct().Order().ToArray();
        int[] ids = [.. text.Select(letter => Array.BinarySearch(letters, letter))];
        var cut = ids.Length * 9 / 10;
        var training = new SlidingWindows(Length, 16) { CountsOverlap = true }.Cut(ids.AsMemory(..cut));
        var (near, far) = (new SlidingWindows(Length, Length).Cut(ids.AsMemory(cut..)), new SlidingWindows(LongLength, LongLength).Cut(ids.AsMemory(cut..)));
        var learned = new Gpt2Config { VocabularySize = letters.Length, HiddenSize = 128, Layers = 4, Heads = 4, MaxLength = LongLength, Dropout = 0, AttentionDropout = 0, EmbeddingDropout = 0 };
        var linear = new BloomConfig { VocabularySize = letters.Length, HiddenSize = 128, Layers = 4, Heads = 4, MaxLength = LongLength, PublishedPaddingId = 0 };
        var rotary = new LlamaConfig { VocabularySize = letters.Length, HiddenSize = 128, Layers = 4, Heads = 4, InnerSize = 344, MaxLength = LongLength, IsTied = true };
        foreach (var (name, config, claim) in new (string, TextConfig, string)[]
        {
            ("learned positions", learned, "fails beyond the length of training (Press et al., 2022)"),
            ("rotary", rotary, "gets worse beyond the length of training (Press et al., 2022)"),
            ("ALiBi", linear, "stays as good, or better, beyond it (Press et al., 2022)"),
        })
        {
            var (at, beyond) = Loss(config, training, steps, near, far);
            Row($"{name}: trained at {Length}, tested at {Length} and {LongLength}", $"loss {at:0.000}, {beyond:0.000}", claim);
        }
        var mixed = new MixtralConfig { VocabularySize = letters.Length, HiddenSize = 128, Layers = 4, Heads = 4, KeyValueHeads = 4, InnerSize = 344, MaxLength = LongLength, PublishedTheta = 10000, Experts = 4, ChosenExperts = 1, BalanceWeight = 0.01, IsTied = true };
        Row(
            "four experts, one at work, against a dense model of equal compute",
            $"loss {Loss(mixed, training, steps, near, far).Near:0.000}, {Loss(rotary, training, steps, near, far).Near:0.000}",
            "more experts, less loss at equal compute (Fedus et al., 2022)");
    }

    private static (double Near, double Far) Loss(TextConfig config, IReadOnlyList<TokenWindow> training, long steps, IReadOnlyList<TokenWindow> near, IReadOnlyList<TokenWindow> far)
    {
        torch.manual_seed(1);
        using var model = TextModel.Create(config, LanguageModelHead.Of);
        var run = new TrainingRun<TokenWindow>(new CausalLanguageModelTask(model), new TrainingOptions
        {
            MaxSteps = steps,
            Batching = new FixedSize(12),
            LearningRate = 1e-3,
            Schedule = Schedule.Cosine,
            MinLearningRateShare = 0.1,
            WarmUpSteps = Math.Min(100, steps / 2),
            Beta2 = 0.99,
            WeightDecay = 0.1,
        });
        run.Run(training);
        return (run.Validate(near).Loss, run.Validate(far).Loss);
    }

    private static void Row(string what, string found, string claim) => Console.WriteLine($"| {what} | {found} | {claim} |");
}
