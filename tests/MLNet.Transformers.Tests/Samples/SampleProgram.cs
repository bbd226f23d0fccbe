using System.Diagnostics;

namespace MLNet.Transformers.Tests.Samples;

/// <summary>A sample as a program, as its README runs it; it was built with the tests, in the same configuration.</summary>
internal static class SampleProgram
{
    /// <summary>The program of a sample.</summary>
    /// <param name="name">Its folder in <c>samples</c>.</param>
    public static string PathOf(string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return RepositoryFolder.Path("samples", name, "bin", output.Parent!.Name, output.Name, $"{Path.GetFileName(name)}.dll");
    }

    /// <summary>What the sample writes.</summary>
    public static string Run(string name, string workingDirectory, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [PathOf(name), .. arguments])
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
