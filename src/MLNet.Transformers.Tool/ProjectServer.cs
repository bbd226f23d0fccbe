using System.Diagnostics;
using System.Globalization;

namespace MLNet.Transformers.Tool;

/// <summary>Builds a web project, and serves it until it is stopped.</summary>
/// <param name="folder">The folder of the project.</param>
/// <param name="name">Its name.</param>
internal sealed class ProjectServer(string folder, string name)
{
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromMinutes(1);

    /// <summary>Builds the project.</summary>
    /// <exception cref="InputException">It does not build.</exception>
    public void Build()
    {
        var start = Dotnet(["build", "-c", "Release", "-v", "quiet", "-nologo"]);
        start.RedirectStandardOutput = true;
        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InputException($"The project in '{folder}' was written, but does not build:{Environment.NewLine}{output.Trim()}");
    }

    /// <summary>Serves what was built until the server ends by itself, whose exit code it is, or is asked to: then 0.</summary>
    public int Serve(CancellationToken cancellation)
    {
        using var server = Process.Start(Dotnet([Path.Combine("bin", "Release", $"net{Environment.Version.Major}.0", $"{name}.dll")]))!;
        using var stop = cancellation.Register(() => AskToStop(server));
        server.WaitForExit();
        return cancellation.IsCancellationRequested ? 0 : server.ExitCode;
    }

    private ProcessStartInfo Dotnet(IEnumerable<string> arguments) => new("dotnet", arguments) { WorkingDirectory = folder };

    // On a terminal the server hears of Ctrl+C itself; what was sent to this process alone is passed on.
    private static void AskToStop(Process server)
    {
        if (!OperatingSystem.IsWindows())
        {
            using var kill = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        if (!server.WaitForExit(LongestShutdown))
            server.Kill(entireProcessTree: true);
    }
}
