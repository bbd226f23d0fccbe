namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>What many clients saw in so many seconds.</summary>
internal sealed class LoadResult
{
    private readonly List<double> latencies = [];
    private readonly SortedDictionary<int, int> byStatus = [];
    private double seconds;
    private double work;

    /// <summary>Answers a second, of those with status 200.</summary>
    public double Throughput => byStatus.GetValueOrDefault(200) / seconds;

    public int Failures => byStatus.Where(status => status.Key != 200).Sum(status => status.Value);

    /// <param name="clients">What clients saw.</param>
    /// <param name="elapsed">Seconds in which they did.</param>
    /// <param name="busy">Seconds that the service worked meanwhile, of all threads together.</param>
    public void Add(IEnumerable<LoadClient> clients, double elapsed, double busy)
    {
        seconds += elapsed;
        work += busy;
        foreach (var (status, latency) in clients.SelectMany(client => client.Answers))
        {
            latencies.Add(latency);
            byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
        }
    }

    public override string ToString()
    {
        latencies.Sort();
        return $"{Throughput,7:0} answers/s   p50 {Percentile(0.5),7:0.0} ms   p99 {Percentile(0.99),7:0.0} ms   {1e3 * work / latencies.Count,6:0.00} ms of work an answer   {string.Join(", ", byStatus.Select(status => $"{status.Value} × {status.Key}"))}";
    }

    private double Percentile(double share) => 1e3 * latencies[Math.Min((int)(share * latencies.Count), latencies.Count - 1)];
}
