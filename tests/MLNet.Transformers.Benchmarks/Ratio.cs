using System.Diagnostics;

namespace MLNet.Transformers.Benchmarks;

/// <summary>Two ways to do the same work, timed in turns, so that whatever else the machine does hits both.</summary>
internal static class Ratio
{
    /// <summary>Whether times are those of all threads' work instead of the clock's: for a machine that others use too.</summary>
    public static bool CountsWork { get; set; }

    private static TimeSpan Now => CountsWork ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

    /// <summary>Seconds of each call, for about so many seconds.</summary>
    public static double[] Time(Action work, double seconds)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        do
        {
            var start = Now;
            work();
            times.Add((Now - start).TotalSeconds);
        }
        while (total.Elapsed.TotalSeconds < seconds);
        return [.. times];
    }

    /// <summary>Times both sides in turns; the first turn warms up and is not counted.</summary>
    public static Outcome Measure(Func<double, double[]> ours, IReadOnlyList<Func<double, double[]>> peers, double seconds, int turns)
    {
        var own = new List<double>();
        var theirs = peers.Select(_ => new List<double>()).ToList();
        for (var turn = 0; turn <= turns; turn++)
        {
            var times = ours(seconds);
            if (turn > 0)
                own.AddRange(times);
            foreach (var (i, peer) in peers.Index())
            {
                var other = peer(seconds);
                if (turn > 0)
                    theirs[i].AddRange(other);
            }
        }
        return new Outcome(Best(own), Median(own), theirs.Min(Best), theirs.Min(Median));
    }

    private static double Best(IReadOnlyList<double> times) => times.Order().ElementAt(times.Count / 10);

    private static double Median(IReadOnlyList<double> times) => times.Order().ElementAt(times.Count / 2);
}

/// <summary>Seconds a call on either side: of the tenth that was least disturbed, and of the median call.</summary>
internal sealed record Outcome(double Best, double Median, double PeerBest, double PeerMedian)
{
    public override string ToString() =>
        $"ours {Best * 1e3,9:0.000} ms ({Median * 1e3:0.000})   peer {PeerBest * 1e3,9:0.000} ms ({PeerMedian * 1e3:0.000})   ours / peer {Best / PeerBest:0.000} ({Median / PeerMedian:0.000})";
}
