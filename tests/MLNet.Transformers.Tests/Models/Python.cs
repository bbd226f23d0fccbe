using System.ComponentModel;
using System.Diagnostics;

namespace MLNet.Transformers.Tests.Models;

/// <summary>A Python that has some module, for the programs in the folder Reference.</summary>
/// <param name="module">What the programs import.</param>
/// <param name="package">The distribution's package that has it.</param>
internal sealed class Python(string module, string package)
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Models", "Reference");

    // The distribution's own Python first: it is the one that the distribution's modules belong to.
    private readonly Lazy<string?> executable = new(() => new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(python => Imports(python, module)));

    /// <summary>Why they cannot run, or <see langword="null"/>.</summary>
    public string? WhyAbsent => executable.Value is null ? $"There is no Python with {module} (Debian: {package}) to compute the reference." : null;

    /// <summary>Runs a program and returns what it prints.</summary>
    public string Run(string script, params string[] arguments)
    {
        using var process = Start(executable.Value ?? throw new InvalidOperationException(WhyAbsent), [script, .. arguments]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} failed: {errors.Result}");
    }

    private static bool Imports(string python, string module)
    {
        try
        {
            using var process = Start(python, ["-c", $"import {module}"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string python, string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { WorkingDirectory = Scripts, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return Process.Start(start)!;
    }
}
