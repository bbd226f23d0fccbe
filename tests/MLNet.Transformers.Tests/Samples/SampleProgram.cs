using System.Diagnostics;

namespace MLNet.Transformers.Tests.Samples;

/// <summary>A sample as a program, as its README runs it; it was built with the tests, in the same configuration.</summary>
internal static class SampleProgram
{
    /// <summary>What the sample writes.</summary>
    public static string Run(string name, string workingDirectory, string input, params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var (framework, configuration, root) = (output.Name, output.Parent!.Name, output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName);
        var program = Path.Combine(root, "samples", name, "bin", configuration, framework, $"{Path.GetFileName(name)}.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return written;
    }
}
