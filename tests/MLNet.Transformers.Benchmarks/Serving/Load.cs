using System.Diagnostics;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>Many clients that ask a service at once, for a time.</summary>
/// <param name="Clients">How many; each on a connection of its own.</param>
/// <param name="Bodies">What they ask, in turn.</param>
internal sealed record Load(int Clients, IReadOnlyList<string> Bodies)
{
    /// <summary>Asks and adds what the clients saw to the result.</summary>
    public async Task RunAsync(Service service, string path, double seconds, LoadResult result)
    {
        byte[][] requests = [.. Bodies.Select(body => LoadClient.Post(path, body))];
        LoadClient[] clients = [.. Enumerable.Range(0, Clients).Select(_ => new LoadClient(service.Address, requests))];
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var own = Process.GetCurrentProcess();
        var (work, ownWork) = (service.Work, own.TotalProcessorTime.TotalSeconds);
        var time = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select((client, i) => Task.Run(() => client.RunAsync(31 * i, stop.Token))));
        own.Refresh();
        result.Add(clients, time.Elapsed.TotalSeconds, service.Work - work, own.TotalProcessorTime.TotalSeconds - ownWork);
        Array.ForEach(clients, client => client.Dispose());
    }
}
