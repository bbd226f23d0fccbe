using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks;

/// <summary>Length buckets against fixed padding: the same epoch of the same examples, by the training loop itself.</summary>
internal static class BatchingBenchmarks
{
    private const int Vocabulary = 16384;
    private const int LongestText = 128;
    private const int Tokens = 4096;

    public static void Compare(int examples, int turns)
    {
        var sequences = PackageTexts.Sequences(LongestText, Vocabulary).Take(examples).Index().Select(row => new LabeledSequence(row.Item, row.Index % Shape.Labels)).ToList();
        var batchings = new (string Name, Batching Batching)[]
        {
            ("length buckets", new TokenBudget(Tokens)),
            ("fixed padding", new FixedPadding(Tokens / LongestText, LongestText)),
        };
        var best = new double[batchings.Length];
        for (var turn = 0; turn <= turns; turn++)
            foreach (var (i, (_, batching)) in batchings.Index())
            {
                var seconds = Ratio.Time(() => Epoch(sequences, batching), 0)[0];
                if (turn > 0)
                    best[i] = turn == 1 ? seconds : Math.Min(best[i], seconds);
            }
        var tokens = sequences.Sum(example => example.Tokens.Length);
        foreach (var (i, (name, batching)) in batchings.Index())
        {
            var positions = batching.Plan([.. sequences.Select(example => example.Tokens.Length)], new Random(1)).Sum(plan => plan.Positions);
            Console.WriteLine($"{name,-14} {tokens / best[i],10:0} tokens/s   padding {1 - tokens / (double)positions:0.0%}");
        }
        Console.WriteLine($"{"buckets",-14} {best[1] / best[0]:0.00} times as fast as fixed padding");
    }

    private static void Epoch(List<LabeledSequence> examples, Batching batching)
    {
        manual_seed(1);
        using var model = TextModel.ForClassification(TransformerEncoder.Small with
        {
            VocabularySize = Vocabulary,
            LabelNames = [.. Enumerable.Range(0, Shape.Labels).Select(label => $"{label}")],
        });
        new TrainingRun<LabeledSequence>(new SequenceClassificationTask(model), new TrainingOptions { Epochs = 1, Batching = batching }).Run(examples);
    }
}
