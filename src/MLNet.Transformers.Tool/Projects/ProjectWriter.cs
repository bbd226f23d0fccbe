using System.Text;
using MLNet.Transformers.Tool.Projects.Code;
using MLNet.Transformers.Tool.Projects.WebApi;
using MLNet.Transformers.Tool.Projects.ModelBuilder;

namespace MLNet.Transformers.Tool.Projects;

/// <summary>Writes the files of a project.</summary>
internal static class ProjectWriter
{
    /// <summary>Writes all but the model into <see cref="Job.ProjectFolder"/>; what is written, by their names.</summary>
    /// <remarks>Each file appears whole or not at all. <c>NAME.mbconfig</c> comes last: where it is, the project is whole.</remarks>
    /// <exception cref="InputException">The folder is not that of a project that was written before, a file in it has one of the names, and <see cref="Job.Force"/> does not say that it may go.</exception>
    public static IReadOnlyList<string> Write(TrainedProject project)
    {
        var (folder, files) = (project.Job.ProjectFolder, Files(project));
        if (!project.Job.Force && !IsWritten(project.Job))
            foreach (var file in files)
                RefuseOther(Path.Combine(folder, file.Name), file);
        foreach (var file in files)
            Write(Path.Combine(folder, file.Name), file);
        return [.. files.Select(file => file.Name)];
    }

    /// <summary>Whether a project of the job's name was written already.</summary>
    public static bool IsWritten(Job job) => File.Exists(Path.Combine(job.ProjectFolder, $"{job.Name}.mbconfig"));

    /// <summary>The files of a project, in the order in which they are written.</summary>
    public static IReadOnlyList<ProjectFile> Files(TrainedProject project)
    {
        var names = ProjectNames.Of(project);
        var code = new ProjectCode(project, names);
        return
        [
            new($"{names.Class}.consumption.cs", code.Consumption()),
            new($"{names.Class}.training.cs", code.Training()),
            new($"{names.Class}.evaluate.cs", code.Evaluation()),
            .. project.Job.WebApi ? WebApiFiles.Of(project, names) : [new("Program.cs", code.Program())],
            .. BuildFiles.Of(project, names),
            ModelBuilderConfig.Of(project),
        ];
    }

    private static void RefuseOther(string path, ProjectFile file)
    {
        if (File.Exists(path) && File.ReadAllText(path) != file.Text)
            throw new InputException($"There is a file '{path}' already, which was not written for this project. Move it, choose another --name, or say --force to have it written anew.");
    }

    private static void Write(string path, ProjectFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WholeFile.Write(path, whole => File.WriteAllText(whole, file.Text, new UTF8Encoding(file.HasByteOrderMark)));
    }
}
