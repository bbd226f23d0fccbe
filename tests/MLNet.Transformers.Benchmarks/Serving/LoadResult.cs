using System.Globalization;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>What many clients saw in so many seconds.</summary>
internal sealed class LoadResult(string name)
{
    /// <summary>The head of the table whose rows results are.</summary>
    public const string Head = "| way | answers/s | p50 | p99 | slowest | work an answer: service, clients | answers by status |\n|---|---|---|---|---|---|---|";

    private readonly List<double> latencies = [];
    private readonly SortedDictionary<int, int> byStatus = [];
    private double seconds;
    private double serviceWork;
    private double clientWork;

    /// <summary>Answers a second, of those with status 200.</summary>
    public double Throughput => byStatus.GetValueOrDefault(200) / seconds;

    /// <summary>How many answers had a status that is none of these.</summary>
    public int Others(params int[] expected) => byStatus.Where(status => !expected.Contains(status.Key)).Sum(status => status.Value);

    /// <param name="clients">What clients saw.</param>
    /// <param name="elapsed">Seconds in which they did.</param>
    /// <param name="busy">Seconds that the service worked meanwhile, of all threads together.</param>
    /// <param name="busyClients">Seconds that the clients worked.</param>
    public void Add(IEnumerable<LoadClient> clients, double elapsed, double busy, double busyClients)
    {
        seconds += elapsed;
        serviceWork += busy;
        clientWork += busyClients;
        foreach (var (status, latency) in clients.SelectMany(client => client.Answers))
        {
            latencies.Add(latency);
            byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
        }
    }

    /// <summary>A row of the table.</summary>
    public override string ToString()
    {
        latencies.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {Throughput:#,0} | {Percentile(0.5):0} ms | {Percentile(0.99):0} ms | {Percentile(1):0} ms | ")
            + string.Create(CultureInfo.InvariantCulture, $"{1e3 * serviceWork / latencies.Count:0.00} ms, {1e3 * clientWork / latencies.Count:0.00} ms | ")
            + $"{string.Join(", ", byStatus.Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value:#,0} × {status.Key}")))} |";
    }

    private double Percentile(double share) => 1e3 * latencies[Math.Min((int)(share * latencies.Count), latencies.Count - 1)];
}
