using System.Diagnostics;
using System.Text.Json;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Benchmarks.Tokenizers;

/// <summary>Encodes mixed real text on one thread beside the Rust tokenizer, and on more threads.</summary>
internal static class TokenizerBenchmarks
{
    private static readonly (string Algorithm, string File)[] s_tokenizers =
    [
        ("WordPiece", "bert-base-uncased/tokenizer.json"),
        ("byte-level BPE", "gpt2/tokenizer.rebuilt.json"),
        ("Unigram", "t5-small/tokenizer.json"),
    ];

    public static void Compare(double megabytes, int threads)
    {
        string data = Corpus.FindData();
        string[] texts = Corpus.Read(data, megabytes);
        double size = texts.Sum(text => (long)System.Text.Encoding.UTF8.GetByteCount(text)) / 1e6;
        Console.WriteLine($"{texts.Length} texts, {size:0.0} MB; one thread, {(Ratio.CountsWork ? "its work" : "wall clock")}; the peer is @anush008/tokenizers 0.6.0, the Rust crate 0.22.2.");
        string peerFolder = Npm.Install("Tokenizers");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, string.Join('\n', texts));
            foreach ((string algorithm, string tokenizerFile) in s_tokenizers)
            {
                string path = Path.Combine([data, "tokenizers", .. tokenizerFile.Split('/')]);
                Compare(algorithm, path, texts, size, RunPeer(peerFolder, path, file), threads);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Compare(string algorithm, string path, string[] texts, double size, (long Tokens, double Seconds) peer, int threads)
    {
        TransformerTokenizer tokenizer = TransformerTokenizer.Load(path);
        var ids = new int[1 << 20];
        long tokens = 0, allocated = 0;
        double seconds = Best(() =>
        {
            tokens = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (string text in texts)
            {
                tokenizer.TryEncode(text, ids, out int written);
                tokens += written;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        double full = Best(() =>
        {
            foreach (string text in texts)
            {
                tokenizer.Encode(text);
            }
        });
        if (tokens != peer.Tokens)
        {
            throw new InvalidOperationException($"{algorithm}: {tokens} tokens here, {peer.Tokens} there.");
        }

        Console.WriteLine($"{algorithm,-15} {tokens} tokens");
        Report("ids only", seconds, tokens, size, peer.Seconds);
        Report("with offsets and masks", full, tokens, size, peer.Seconds);
        Console.WriteLine($"  {"the Rust crate",-24} {tokens / peer.Seconds / 1e6,8:0.00} M tokens/s {size / peer.Seconds,8:0.0} MB/s");
        Console.WriteLine($"  {"memory, ids only",-24} {(double)allocated / tokens,8:0.0000} bytes a token");
        ReportThreads(tokenizer, texts, threads);
    }

    private static void Report(string what, double seconds, long tokens, double size, double peerSeconds) =>
        Console.WriteLine($"  {what,-24} {tokens / seconds / 1e6,8:0.00} M tokens/s {size / seconds,8:0.0} MB/s {peerSeconds / seconds,8:0.0} times the Rust crate");

    private static void ReportThreads(TransformerTokenizer tokenizer, string[] texts, int threads)
    {
        double one = Wall(1), all = Wall(threads);
        Console.WriteLine($"  {$"batch on {threads} threads",-24} {one / all,8:0.00} times one thread, wall clock");

        double Wall(int count)
        {
            double best = double.PositiveInfinity;
            for (int turn = 0; turn < 3; turn++)
            {
                var watch = Stopwatch.StartNew();
                foreach (string[] batch in texts.Chunk(10_000))
                {
                    tokenizer.EncodeBatch(batch, maxDegreeOfParallelism: count);
                }

                best = Math.Min(best, watch.Elapsed.TotalSeconds);
            }

            return best;
        }
    }

    private static double Best(Action work)
    {
        work();
        return Ratio.Time(work, seconds: 3).Min();
    }

    private static (long Tokens, double Seconds) RunPeer(string folder, string tokenizer, string texts)
    {
        string answer = Run("node", ["rust_peer.mjs", tokenizer, texts, Ratio.CountsWork ? "cpu" : "wall"], folder);
        using JsonDocument document = JsonDocument.Parse(answer);
        return (document.RootElement.GetProperty("tokens").GetInt64(), document.RootElement.GetProperty("seconds").GetDouble());
    }

    private static string Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["RAYON_NUM_THREADS"] = "1";
        start.Environment["TOKENIZERS_PARALLELISM"] = "false";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
