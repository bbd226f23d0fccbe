using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks;

/// <summary>What a call costs by itself, and dropout, whose mask PyTorch draws on one thread.</summary>
internal static class CallBenchmarks
{
    private const int Calls = 1000;

    public static void Add(Peer peer, double seconds, int turns)
    {
        using var left = ones(4);
        using var right = ones(4);
        var outcome = Ratio.Measure(
            time => [.. Ratio.Time(Thousand, time).Select(total => total / Calls)],
            [time => peer.Time(new { work = "add", seconds = time })],
            seconds, turns);
        Console.WriteLine($"{"one call",-14} {"4 + 4 floats",-26} {outcome}");

        void Thousand()
        {
            for (var i = 0; i < Calls; i++)
                left.add(right).Dispose();
        }
    }

    public static void Dropout(Peer peer, double seconds, int turns)
    {
        const long Elements = 32 * 64 * 1536;
        using var input = ones(Elements);
        var outcome = Ratio.Measure(
            time => Ratio.Time(() => nn.functional.dropout(input, 0.1).Dispose(), time),
            [time => peer.Time(new { work = "dropout", seconds = time, elements = Elements })],
            seconds, turns);
        Console.WriteLine($"{"dropout",-14} {"32 x 64 x 1536",-26} {outcome}");
    }
}
