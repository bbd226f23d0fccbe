using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MLNet.Transformers.Tests.Serving;

namespace MLNet.Transformers.Tests.Tool.WebApi;

/// <summary>A generated web API as a process of its own on a free port of this machine, and a client of it.</summary>
internal sealed class WebService : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process process;
    private readonly StringBuilder log = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebService(string program, string folder)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>All that the process has written.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Starts the program in a folder and waits until it has a model to serve.</summary>
    public static async Task<WebService> StartAsync(string program, string folder)
    {
        var service = new WebService(program, folder);
        service.Address = await service.address.Task.WaitAsync(TimeSpan.FromSeconds(60));
        service.Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = service.Address, Timeout = TimeSpan.FromSeconds(30) };
        await ServingApp.EventuallyAsync(async () => (await service.GetAsync("/health/ready")).Status == 200);
        return service;
    }

    public async Task<Reply> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return await Reply.OfAsync(response);
    }

    public Task<Reply> PostAsync(string path, object row) => PostAsync(path, JsonSerializer.Serialize(row), "application/json");

    public async Task<Reply> PostAsync(string path, string body, string type)
    {
        using var response = await Client.PostAsync(path, new StringContent(body, Encoding.UTF8, type));
        return await Reply.OfAsync(response);
    }

    /// <summary>Asks the process to end, as Docker does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])!.Dispose();

    /// <summary>The exit code of a process that was asked to end.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            address.TrySetException(new InvalidOperationException($"The service has ended: {Log}"));
            return;
        }
        lock (log)
            log.AppendLine(line);
        if (line.IndexOf(Listening, StringComparison.Ordinal) is var start and >= 0)
            address.TrySetResult(new Uri(line[(start + Listening.Length)..].Trim()));
    }
}
