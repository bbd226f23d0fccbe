using MLNet.Transformers.Benchmarks;
using MLNet.Transformers.Benchmarks.Tokenizers;
using static TorchSharp.torch;

var chosen = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
var seconds = Number("--seconds", 4);
var turns = (int)Number("--turns", 5);
var threads = (int)Number("--threads", Environment.ProcessorCount);
Ratio.CountsWork = args.Contains("--clock=cpu");
Run("tokenizers", () => TokenizerBenchmarks.Compare(Number("--megabytes", 20), threads));
if (chosen.SetEquals(["tokenizers"]))
    return;
set_num_threads(threads);
using var peer = Peer.Start(threads, Ratio.CountsWork ? "cpu" : "wall")
    ?? throw new InvalidOperationException("This machine has no Python with PyTorch (Debian: python3-torch).");
var clock = Ratio.CountsWork ? "work of all threads" : "wall clock";
Console.WriteLine($"{threads} threads, {clock}; the peer is PyTorch {peer.Version}. Of each side the best tenth of the calls, in brackets the median.");
Run("call", () => CallBenchmarks.Add(peer, seconds, turns));
Run("dropout", () => CallBenchmarks.Dropout(peer, seconds, turns));
Run("evaluate-minilm", () => EncoderBenchmarks.Evaluate(peer, Shape.MiniLm, seconds, turns));
Run("evaluate-base", () => EncoderBenchmarks.Evaluate(peer, Shape.BertBase, seconds, turns));
Run("train-minilm", () => EncoderBenchmarks.Train(peer, Shape.MiniLm, seconds, turns));
Run("train-base", () => EncoderBenchmarks.Train(peer, Shape.BertBase, seconds, turns));
Run("batching", () => BatchingBenchmarks.Compare(Packages(), (int)Number("--examples", 4000), turns));
return;

void Run(string name, Action benchmark)
{
    if (chosen.Count == 0 || chosen.Contains(name))
        benchmark();
}

double Number(string name, double otherwise)
{
    var at = Array.FindIndex(args, arg => arg.StartsWith(name + "=", StringComparison.Ordinal));
    return at < 0 ? otherwise : double.Parse(args[at][(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}

// The samples' data, in the repository that the program was built in.
static string Packages()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        var file = Path.Combine(folder.FullName, "samples", "data", "debian-packages.tsv");
        if (File.Exists(file))
            return file;
    }
    throw new FileNotFoundException("There is no samples/data/debian-packages.tsv above the program.");
}
