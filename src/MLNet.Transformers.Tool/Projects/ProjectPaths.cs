namespace MLNet.Transformers.Tool.Projects;

/// <summary>Paths as the files of a project have them: from its folder, with slashes, so that it can be moved with its data.</summary>
internal static class ProjectPaths
{
    /// <summary>A path from the project's folder; absolute only where there is none, on another drive.</summary>
    public static string Relative(Job job, string path) => Path.GetRelativePath(Path.GetFullPath(job.ProjectFolder), Path.GetFullPath(path)).Replace('\\', '/');
}
