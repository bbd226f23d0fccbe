using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace MLNet.Transformers.Tests.Models;

/// <summary>A Python that has some module, for the programs in the folder Reference; the module is imported once for all of them.</summary>
/// <param name="module">What the programs import.</param>
/// <param name="package">The distribution's package that has it.</param>
internal sealed class Python(string module, string package)
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Models", "Reference");

    // The distribution's own Python first: it is the one that the distribution's modules belong to.
    private readonly Lazy<Process?> server = new(() =>
        new[] { "/usr/bin/python3", "python3", "python" }.Select(python => Serve(python, module)).FirstOrDefault(process => process is not null));

    /// <summary>Why they cannot run, or <see langword="null"/>.</summary>
    public string? WhyAbsent => server.Value is null ? $"There is no Python with {module} (Debian: {package}) to compute the reference." : null;

    /// <summary>Runs a program and returns what it prints.</summary>
    public string Run(string script, params string[] arguments)
    {
        var python = server.Value ?? throw new InvalidOperationException(WhyAbsent);
        using var folder = new TemporaryFolder();
        var (output, errors) = (folder.File("output"), folder.File("errors"));
        lock (python)
        {
            python.StandardInput.WriteLine(JsonSerializer.Serialize<string[]>([output, errors, script, .. arguments]));
            python.StandardInput.Flush();
            return python.StandardOutput.ReadLine() switch
            {
                "0" => File.ReadAllText(output),
                null => throw new InvalidOperationException($"Python ended before {script}."),
                _ => throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} failed: {File.ReadAllText(errors)}"),
            };
        }
    }

    /// <summary>A Python that waits for programs to run, until this process ends; null where it or its module is absent.</summary>
    private static Process? Serve(string python, string module)
    {
        var start = new ProcessStartInfo(python, ["serve.py", module])
        {
            WorkingDirectory = Scripts,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            var process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() == "ready")
                return process;
            process.Dispose();
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
