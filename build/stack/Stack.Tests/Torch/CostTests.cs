using System.Diagnostics;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

/// <summary>Prints what calls cost here and now; a loaded machine would fail any threshold.</summary>
[Collection("Alone")]
public class CostTests(ITestOutputHelper output)
{
    [Fact]
    public void OfACall()
    {
        using var gradless = no_grad();
        using var x = rand(4, 4);
        using var y = rand(4, 4);
        Print("x + y, 4 x 4, and its disposal", 20_000, () => (x + y).Dispose());
        Print("x += y in place", 20_000, () => x.add_(y));
        Print("x.view(2, 8) and its disposal", 20_000, () => x.view(2, 8).Dispose());
        Print("x.shape", 20_000, () => _ = x.shape);
        Print("x.dtype", 20_000, () => _ = x.dtype);
    }

    [Fact]
    public void OfDropout()
    {
        using var x = rand(32, 12, 64, 64);
        var ours = Print("dropout of 1.5 million, parallel", 5, () => nn.functional.dropout(x, 0.1).Dispose());
        var theirs = Print("a mask of 1.5 million by bernoulli_, serial", 3, () => x.empty_like().bernoulli_(0.9).Dispose());
        output.WriteLine($"the serial mask alone takes {theirs / ours:F1} times as long");
    }

    private double Print(string what, int count, Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 4; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                action();
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / count);
        }
        output.WriteLine($"{best,10:F3} µs  {what}");
        return best;
    }
}
