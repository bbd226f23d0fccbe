using System.ComponentModel;
using System.Diagnostics;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Runs the programs in the folder Reference with a Python that has PyTorch.</summary>
internal static class PyTorch
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Models", "Reference");

    // The distribution's own Python first: it is the one that the distribution's PyTorch belongs to.
    private static readonly Lazy<string?> Python = new(() => new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(HasPyTorch));

    /// <summary>Why they cannot run, or <see langword="null"/>.</summary>
    public static string? WhyAbsent => Python.Value is null ? "There is no Python with PyTorch (Debian: python3-torch) to compute the reference." : null;

    /// <summary>Runs a program and returns what it prints.</summary>
    public static string Run(string script, params string[] arguments)
    {
        using var process = Start(Python.Value ?? throw new InvalidOperationException(WhyAbsent), [script, .. arguments]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} failed: {errors.Result}");
    }

    private static bool HasPyTorch(string python)
    {
        try
        {
            using var process = Start(python, ["-c", "import torch"]);
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

/// <summary>A test that needs <see cref="PyTorch"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute() => Skip = PyTorch.WhyAbsent;
}

/// <summary>A test of several cases that needs <see cref="PyTorch"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchTheoryAttribute : TheoryAttribute
{
    public PyTorchTheoryAttribute() => Skip = PyTorch.WhyAbsent;
}
