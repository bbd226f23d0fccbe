using MLNet.Transformers.Benchmarks;
using static TorchSharp.torch;

var chosen = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
var seconds = Option("--seconds", 4);
var turns = (int)Option("--turns", 5);
var threads = (int)Option("--threads", Environment.ProcessorCount);
Ratio.CountsWork = args.Contains("--clock=cpu");
set_num_threads(threads);
using var peer = Peer.Start(threads, Ratio.CountsWork ? "cpu" : "wall") ?? throw new InvalidOperationException("This machine has no Python with PyTorch (Debian: python3-torch).");
Console.WriteLine($"{threads} threads; the peer is PyTorch {peer.Version}. Seconds a call: the best tenth, in brackets the median.");
Run("evaluate-minilm", () => EncoderBenchmarks.Evaluate(peer, Shape.MiniLm, seconds, turns));
Run("evaluate-base", () => EncoderBenchmarks.Evaluate(peer, Shape.BertBase, seconds, turns));
Run("train-minilm", () => EncoderBenchmarks.Train(peer, Shape.MiniLm, seconds, turns));
Run("train-base", () => EncoderBenchmarks.Train(peer, Shape.BertBase, seconds, turns));
return;

void Run(string name, Action benchmark)
{
    if (chosen.Count == 0 || chosen.Contains(name))
        benchmark();
}

double Option(string name, double otherwise)
{
    var at = Array.FindIndex(args, arg => arg.StartsWith(name + "=", StringComparison.Ordinal));
    return at < 0 ? otherwise : double.Parse(args[at][(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
