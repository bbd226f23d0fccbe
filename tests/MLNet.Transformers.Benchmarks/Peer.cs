using System.Diagnostics;
using System.Text.Json;

namespace MLNet.Transformers.Benchmarks;

/// <summary>A Python with PyTorch in a process of its own, at its best settings, that times what it is asked to.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    private Peer(Process process, string version)
    {
        this.process = process;
        Version = version;
    }

    /// <summary>Its version of PyTorch.</summary>
    public string Version { get; }

    /// <summary>Starts the peer; null when this machine has no Python with PyTorch.</summary>
    public static Peer? Start(int threads, string clock)
    {
        var python = Environment.GetEnvironmentVariable("PEER_PYTHON") ?? "/usr/bin/python3";
        if (!File.Exists(python))
            return null;
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "torch_peer.py"), $"{threads}", clock])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        var process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() is not { } hello)
        {
            process.Dispose();
            return null;
        }
        return new Peer(process, JsonDocument.Parse(hello).RootElement.GetProperty("torch").GetString()!);
    }

    /// <summary>Seconds of each call of some work.</summary>
    public double[] Time(object request)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer is gone.");
        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("times").EnumerateArray().Select(time => time.GetDouble())];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
