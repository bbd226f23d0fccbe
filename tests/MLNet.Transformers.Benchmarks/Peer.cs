using System.Diagnostics;
using System.Text.Json;

namespace MLNet.Transformers.Benchmarks;

/// <summary>A program in a process of its own, at its best settings, that times what it is asked to: a line of JSON there, a line of JSON back.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    private Peer(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        process = Process.Start(start)!;
        Version = Read().GetProperty("version").GetString()!;
    }

    /// <summary>The version of what it runs.</summary>
    public string Version { get; }

    /// <summary>A Python with PyTorch.</summary>
    public static Peer Torch(int threads, string clock)
    {
        var python = Environment.GetEnvironmentVariable("PEER_PYTHON") ?? "/usr/bin/python3";
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "torch_peer.py"), $"{threads}", clock]);
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        return new Peer(start);
    }

    /// <summary>A Python with Pillow and numpy, on one thread.</summary>
    public static Peer Pillow(string clock) =>
        new(new ProcessStartInfo(Environment.GetEnvironmentVariable("PEER_PYTHON") ?? "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "pillow_peer.py"), clock]));

    /// <summary>ONNX Runtime in node, installed on first use.</summary>
    public static Peer Onnx(int threads, string clock)
    {
        var folder = Npm.Install("Onnx");
        return new Peer(new ProcessStartInfo("node", ["onnx_peer.mjs", $"{threads}", clock]) { WorkingDirectory = folder });
    }

    /// <summary>Seconds of each call of some work.</summary>
    public double[] Time(object request) => [.. Ask(request).GetProperty("times").EnumerateArray().Select(time => time.GetDouble())];

    /// <summary>What it answers.</summary>
    public JsonElement Ask(object request)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        process.StandardInput.Flush();
        return Read();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonElement Read() => process.StandardOutput.ReadLine() is { } line
        ? JsonDocument.Parse(line).RootElement
        : throw new InvalidOperationException($"The peer ended; what it said of it is above. It is {process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}.");
}
