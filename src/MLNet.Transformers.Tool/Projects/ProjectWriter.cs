namespace MLNet.Transformers.Tool.Projects;

/// <summary>Writes the files of a project.</summary>
internal static class ProjectWriter
{
    /// <summary>Writes all but the model into <see cref="Job.ProjectFolder"/>; what is written, by their names.</summary>
    public static IReadOnlyList<string> Write(TrainedProject project) => throw new NotImplementedException(project.Job.Name);
}
