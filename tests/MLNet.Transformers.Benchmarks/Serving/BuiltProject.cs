namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>A web project that the tool has written and somebody has built.</summary>
internal static class BuiltProject
{
    /// <summary>The program that was built last, and the model.</summary>
    /// <exception cref="FileNotFoundException">The folder has no model, or nothing was built.</exception>
    public static (string Program, string Model) Find(string folder)
    {
        var project = Directory.GetFiles(folder, "*.csproj").Select(Path.GetFileNameWithoutExtension).FirstOrDefault()
            ?? throw new FileNotFoundException($"The folder {folder} has no project.");
        var program = Directory.GetFiles(folder, $"{project}.dll", SearchOption.AllDirectories)
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && File.Exists(Path.ChangeExtension(path, ".runtimeconfig.json")))
            .OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault()
            ?? throw new FileNotFoundException($"The project {project} is not built: run dotnet build -c Release {folder}.");
        var model = Directory.GetFiles(folder, "*.mlnet").FirstOrDefault() ?? throw new FileNotFoundException($"The folder {folder} has no model.");
        return (Path.GetFullPath(program), Path.GetFullPath(model));
    }
}
