namespace MLNet.Transformers.Tool.Projects;

/// <summary>The clone of the repository that the tool runs from, where it does: projects are then built with its source, not with packages.</summary>
internal static class SourceClone
{
    private const string Solution = "MLNet.Transformers.sln";
    private const string Property = "MLNetTransformersSource";

    /// <summary>The clone's folder; null for a tool that was installed.</summary>
    public static string? Folder { get; } = Above(AppContext.BaseDirectory).FirstOrDefault(folder => File.Exists(Path.Combine(folder, Solution)));

    /// <summary>The configuration that the tool was built in; nothing where the folder that it runs from does not tell.</summary>
    public static string Configuration { get; } =
        Directory.GetParent(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))?.Name is ("Debug" or "Release") and { } name ? name : "";

    /// <summary>What a project is to call the clone, with a slash at the end; null where there is none, or the project knows it already from a folder above.</summary>
    public static string? ToNameIn(Job job) => Folder is { } clone && !IsKnownAbove(job)
        ? $"$(MSBuildThisFileDirectory){ProjectPaths.Relative(job, clone)}/"
        : null;

    private static bool IsKnownAbove(Job job) => Above(Path.GetFullPath(job.Output))
        .Select(folder => Path.Combine(folder, "Directory.Build.props"))
        .FirstOrDefault(File.Exists) is { } nearest && File.ReadAllText(nearest).Contains(Property, StringComparison.Ordinal);

    private static IEnumerable<string> Above(string folder)
    {
        for (var directory = new DirectoryInfo(folder); directory is not null; directory = directory.Parent)
            yield return directory.FullName;
    }
}
