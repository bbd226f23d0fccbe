using MLNet.Transformers.Benchmarks;
using MLNet.Transformers.Benchmarks.Images;
using MLNet.Transformers.Benchmarks.Serving;
using MLNet.Transformers.Benchmarks.Tasks;
using MLNet.Transformers.Benchmarks.Tokenizers;
using static TorchSharp.torch;

if (args is [VocabularyBenchmarks.Child, var way, var childThreads, var childSeconds])
{
    VocabularyBenchmarks.Tell(int.Parse(way, System.Globalization.CultureInfo.InvariantCulture), int.Parse(childThreads, System.Globalization.CultureInfo.InvariantCulture), double.Parse(childSeconds, System.Globalization.CultureInfo.InvariantCulture));
    return;
}
if (args is [ServingHost.Child, var modelPath, var hostThreads, .. var hostArguments])
{
    ServingHost.Run(modelPath, hostThreads, hostArguments);
    return;
}
var chosen = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
var seconds = Number("--seconds", 4);
var turns = (int)Number("--turns", 5);
var threads = (int)Number("--threads", Environment.ProcessorCount);
Ratio.CountsWork = args.Contains("--clock=cpu");
Run("tokenizers", () => TokenizerBenchmarks.Compare(Number("--megabytes", 20), threads));
set_num_threads(threads);
Run("tasks", () => TaskBenchmarks.Compare((int)Number("--epochs", 10), Text("--pretrained", Path.Combine(Path.GetTempPath(), "pretrained-english")), Text("--task", "")));
Run("translate", () => TranslationBenchmarks.Compare(Number("--minutes", 4), (int)Number("--tested", 1014)));
Run("classics", () => ClassicsBenchmarks.Compare((long)Number("--steps", 500), (int)Number("--tested", 500)));
Run("vocabulary", () => VocabularyBenchmarks.Compare(threads, Number("--seconds", 15)));
Run("images", () => ImageBenchmarks.Compare(seconds, turns));
Run("fashion-pixels", () => FashionBenchmarks.Pixels(Fashion()));
Run("fashion-vit", () => FashionBenchmarks.Transformer(Fashion(), (int)Number("--epochs", 20)));
Run("fashion-cnn", () => FashionBenchmarks.Convolutions(Fashion(), (int)Number("--epochs", 20)));
Run("fashion-dino", () => FashionBenchmarks.SelfDistillation(Fashion(), (int)Number("--epochs", 3)));
Run("clip", () => ClipBenchmarks.Compare((int)Number("--epochs", 40)));
Run("serving", () => Serve().GetAwaiter().GetResult());
if (chosen.Count > 0 && chosen.IsSubsetOf(["serving", "images", "clip", "tokenizers", "tasks", "translate", "classics", "vocabulary", "fashion-pixels", "fashion-vit", "fashion-cnn", "fashion-dino"]))
    return;
using var peer = Peer.Torch(threads, Ratio.CountsWork ? "cpu" : "wall");
var clock = Ratio.CountsWork ? "work of all threads" : "wall clock";
Console.WriteLine($"{threads} threads, {clock}; the peer is PyTorch {peer.Version}. Of each side the best tenth of the calls, in brackets the median.");
Run("call", () => CallBenchmarks.Add(peer, seconds, turns));
Run("dropout", () => CallBenchmarks.Dropout(peer, seconds, turns));
Run("evaluate-minilm", () => EncoderBenchmarks.Evaluate(peer, Shape.MiniLm, seconds, turns));
Run("evaluate-base", () => EncoderBenchmarks.Evaluate(peer, Shape.BertBase, seconds, turns));
Run("train-minilm", () => EncoderBenchmarks.Train(peer, Shape.MiniLm, seconds, turns));
Run("train-base", () => EncoderBenchmarks.Train(peer, Shape.BertBase, seconds, turns));
Run("train-ragged", () => RaggedBenchmarks.Train(peer, PackageTexts.Lengths(256), turns));
Run("embed", () => EmbeddingBenchmarks.Compare(peer, threads, PackageTexts.Lengths(512), seconds, turns));
Run("featurize", () => FeaturizerBenchmarks.Compare(PackageTexts.Texts(128), seconds, turns));
Run("images-training", () => ImageTrainingBenchmarks.Train(peer, seconds, turns));
Run("characters", () => CharacterBenchmarks.Compare(peer, (long)Number("--steps", 2000), seconds, turns));
Run("generate", () => GenerationBenchmarks.Compare(peer, (int)Number("--tokens", 256), seconds, turns));
Run("batching", () => BatchingBenchmarks.Compare((int)Number("--examples", 4000), turns));
return;

void Run(string name, Action benchmark)
{
    if (chosen.Count == 0 || chosen.Contains(name))
        benchmark();
}

Task Serve()
{
    var benchmark = new ServingBenchmarks(Number("--seconds", 40), (int)Number("--clients", 64), threads, Text("--column", "Summary"));
    return Text("--folder", "") is { Length: > 0 } project ? benchmark.ProjectAsync(project)
        : Text("--url", "") is { Length: > 0 } address ? benchmark.AddressAsync(new Uri(address))
        : benchmark.OwnAsync();
}

// Settings are chosen by a part of the training images that is held out, never by the test set.
FashionMnist Fashion() => (args.Contains("--held-out") ? FashionMnist.Open().HeldOut() : FashionMnist.Open()).Take((int)Number("--images", int.MaxValue));

double Number(string name, double otherwise) => double.Parse(Text(name, otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture)), System.Globalization.CultureInfo.InvariantCulture);

string Text(string name, string otherwise) =>
    args.FirstOrDefault(arg => arg.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? otherwise;
