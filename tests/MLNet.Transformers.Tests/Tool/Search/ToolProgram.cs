using System.Diagnostics;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>The tool as a program, as a user runs it.</summary>
internal static class ToolProgram
{
    /// <summary>Runs a command line to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    /// <summary>Starts a command line.</summary>
    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mlnet-transformers.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
