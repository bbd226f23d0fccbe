using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>Where files are written, and what is left alone.</summary>
public sealed class ProjectWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhatIsWrittenIsSaidAndNothingElseIsThere()
    {
        var project = FixedProjects.Sayings(folder.Path);
        var names = ProjectWriter.Write(project);
        Assert.Equal(
            [".gitignore", "Directory.Build.props", "Program.cs", "Sayings.consumption.cs", "Sayings.csproj", "Sayings.evaluate.cs", "Sayings.mbconfig", "Sayings.training.cs"],
            names.Order(StringComparer.Ordinal));
        Assert.Equal(names.Order(), Directory.GetFiles(project.Job.ProjectFolder).Select(Path.GetFileName).Order());
        Assert.Equal("Sayings.mbconfig", names[^1]);
    }

    [Fact]
    public void AFileOfTheUserIsLeftAndNamed()
    {
        var project = FixedProjects.Sayings(folder.Path);
        var program = Path.Combine(project.Job.ProjectFolder, "Program.cs");
        Directory.CreateDirectory(project.Job.ProjectFolder);
        File.WriteAllText(program, "// mine");
        var exception = Assert.Throws<InputException>(() => ProjectWriter.Write(project));
        Assert.Contains(program, exception.Message, StringComparison.Ordinal);
        Assert.Equal([program], Directory.GetFiles(project.Job.ProjectFolder));
        Assert.Equal("// mine", File.ReadAllText(program));

        ProjectWriter.Write(project with { Job = project.Job with { Force = true } });
        Assert.NotEqual("// mine", File.ReadAllText(program));
    }

    [Fact]
    public void AProjectThatWasWrittenBeforeIsWrittenAgain()
    {
        var project = FixedProjects.Sayings(folder.Path);
        ProjectWriter.Write(project);
        ProjectWriter.Write(project with { Options = ((LanguageModelOptions)project.Options) with { LearningRate = 0.007 } });
        Assert.Contains("LearningRate = 0.007", File.ReadAllText(Path.Combine(project.Job.ProjectFolder, "Sayings.training.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheCloneIsNamedFromTheProjectUnlessAFolderAboveDoesSo()
    {
        var project = FixedProjects.Sayings(folder.Path);
        ProjectWriter.Write(project);
        var text = File.ReadAllText(Path.Combine(project.Job.ProjectFolder, "Directory.Build.props"));
        var relative = text.Split("<MLNetTransformersSource>$(MSBuildThisFileDirectory)")[1].Split("</")[0];
        Assert.EndsWith("/", relative, StringComparison.Ordinal);
        Assert.Equal(SourceClone.Folder, Path.GetFullPath(Path.Combine(project.Job.ProjectFolder, relative)).TrimEnd(Path.DirectorySeparatorChar));

        File.Copy(Path.Combine(project.Job.ProjectFolder, "Directory.Build.props"), folder.File("Directory.Build.props"));
        Assert.DoesNotContain("Directory.Build.props", ProjectWriter.Files(project).Select(file => file.Name));
    }

    [Fact]
    public void AFolderToStartFromIsNamedFromTheProject()
    {
        var project = FixedProjects.Sayings(folder.Path);
        var files = ProjectWriter.Files(project with { Options = project.Options with { PretrainedFolder = folder.File("models/gpt2") } });
        Assert.Contains("PretrainedFolder = ProjectPath(@\"../models/gpt2\"),", files.Single(file => file.Name == "Sayings.training.cs").Text, StringComparison.Ordinal);
    }
}
