using System.Diagnostics;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Runs tests again in a process without the system's tables of languages.</summary>
public class InvariantGlobalizationTests
{
    private const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    [SharedDataFact]
    public void ConformanceAndUnicodeTestsPassWithoutTheSystemsTables()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            // This is that process.
            return;
        }

        var start = new ProcessStartInfo("dotnet", ["vstest", typeof(InvariantGlobalizationTests).Assembly.Location, $"--TestCaseFilter:FullyQualifiedName~{nameof(ConformanceTests)}|FullyQualifiedName~{nameof(UnicodeTests)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Variable] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output.Result + errors.Result);
        Assert.Contains("Passed", output.Result, StringComparison.Ordinal);
    }
}
