using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>A service in a process of its own, or one that somebody else has started.</summary>
internal sealed class Service : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly Process? process;
    private readonly HttpClient client;

    public Service(Uri address, Process? process = null)
    {
        Address = address;
        this.process = process;
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>Seconds of work that its threads have done.</summary>
    public double Work => Refreshed()?.TotalProcessorTime.TotalSeconds ?? 0;

    /// <summary>Resident memory in MiB.</summary>
    public long Resident => (Refreshed()?.WorkingSet64 ?? 0) >> 20;

    /// <summary>Starts a program of .NET, which is told its address by <c>--urls</c>, and waits until it is ready.</summary>
    /// <param name="assembly">The program.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="threads">Threads of the model.</param>
    public static async Task<Service> StartAsync(string assembly, string[] arguments, string folder, int threads)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments, $"--urls={address}", "--Logging:LogLevel:Default=Critical", "--Logging:LogLevel:Microsoft.AspNetCore=Critical"]) { WorkingDirectory = folder };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        var service = new Service(address, Process.Start(start));
        await service.ReadyAsync();
        return service;
    }

    /// <summary>Waits until the service says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        for (var time = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (process is { HasExited: false })
            {
                // It does not listen yet.
            }
            if (process is { HasExited: true } || time.Elapsed > Longest)
                throw new InvalidOperationException($"The service at {Address} does not get ready.");
        }
    }

    /// <summary>The sum of a metric's series whose labels contain <paramref name="label"/>.</summary>
    public async Task<double> MetricAsync(string name, string label = "") =>
        (await client.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length..] is [' ' or '{', ..] && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Asks the process to stop, as a container's host does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        client.Dispose();
        if (process is { HasExited: false })
            process.Kill();
        process?.Dispose();
    }

    private Process? Refreshed()
    {
        process?.Refresh();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
