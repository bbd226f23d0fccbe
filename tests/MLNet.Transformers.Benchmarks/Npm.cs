using System.Diagnostics;

namespace MLNet.Transformers.Benchmarks;

/// <summary>Peers that are npm packages, each in a folder beside the program with its lock file.</summary>
internal static class Npm
{
    /// <summary>Installs the folder's packages where that is not done yet; gives the folder.</summary>
    public static string Install(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, name);
        if (Directory.Exists(Path.Combine(folder, "node_modules")))
            return folder;
        using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        install.StandardOutput.ReadToEnd();
        install.WaitForExit();
        return install.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci failed in {folder}.");
    }
}
