using MLNet.Transformers.Models;

namespace MLNet.Transformers.Benchmarks;

/// <summary>
/// An epoch over texts of real lengths: our training loop against loops in PyTorch, one that pads every batch to the longest
/// text there may be, and one that groups texts of like length, as the usual trainers offer.
/// </summary>
internal static class RaggedBenchmarks
{
    private const int Batch = 32, Longest = 128, BatchesSortedTogether = 50;

    public static void Train(Peer peer, int[] lengths, int turns)
    {
        var shape = Shape.MiniLm;
        using var model = shape.Model();
        var random = new Random(1);
        var examples = lengths.Select((length, i) => new LabeledSequence(new TokenSequence([.. Enumerable.Range(0, length).Select(_ => random.Next(1, Shape.Vocabulary))]), i % Shape.Labels)).ToList();
        var run = new TrainingRun<LabeledSequence>(new SequenceClassificationTask(model), new TrainingOptions { Epochs = 1, LearningRate = 1e-5, Batching = new TokenBudget(Batch * 64) });
        var peers = new (string Name, IReadOnlyList<object> Batches)[]
        {
            ("fixed padding", Plan(lengths, _ => Longest)),
            ("grouped by length", Plan(Grouped(lengths, random), chunk => chunk.Max())),
        };
        var outcomes = peers.ToDictionary(plan => plan.Name, plan => Ratio.Measure(
            _ => Ratio.Time(() => run.Run(examples), 0),
            [.. new[] { "layers", "builtin" }.Select(style => (Func<double, double[]>)(_ => peer.Time(Request(shape, style, plan.Batches))))],
            seconds: 0, turns));
        foreach (var (name, outcome) in outcomes)
            Console.WriteLine($"{"epoch",-14} {"MiniLM-L6, peer " + name,-34} {outcome}   {outcome.PeerBest / outcome.Best:0.00} times as fast");
    }

    private static object Request(Shape shape, string style, IReadOnlyList<object> batches) => shape.Request("train_ragged", style, 0, batches: batches);

    private static List<object> Plan(IEnumerable<int> lengths, Func<int[], int> width) =>
        [.. lengths.Chunk(Batch).Select(chunk => (object)new { lengths = chunk, width = width(chunk) })];

    /// <summary>Shuffled, then sorted within stretches of many batches.</summary>
    private static IEnumerable<int> Grouped(int[] lengths, Random random)
    {
        var shuffled = lengths.ToArray();
        random.Shuffle(shuffled);
        return shuffled.Chunk(Batch * BatchesSortedTogether).SelectMany(stretch => stretch.OrderDescending());
    }
}
