using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>
/// The files of a project for each scenario, character by character as <c>Goldens/</c> has them. After a change that is meant, the tests
/// write them anew with <c>MLNET_TRANSFORMERS_WRITE_GOLDENS=1</c> in the environment; <c>git diff</c> then shows what the change did.
/// </summary>
public sealed class GoldenTests
{
    private const string Folder = "tests/MLNet.Transformers.Tests/Tool/Projects/Goldens";

    /// <summary>The commands of all scenarios.</summary>
    public static TheoryData<string> Commands => [.. MLNet.Transformers.Tool.Scenarios.Scenario.All.Select(scenario => scenario.Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void FilesAreAsTheGoldens(string command)
    {
        using var folder = new TemporaryFolder();
        var project = FixedProjects.All(folder.Path).Single(project => project.Job.Scenario.Command == command);
        // Where the clone is hangs on where the tests run.
        var files = ProjectWriter.Files(project).Where(file => file.Name != "Directory.Build.props").ToList();
        if (Environment.GetEnvironmentVariable("MLNET_TRANSFORMERS_WRITE_GOLDENS") == "1")
            Write(Path.Combine(SourceClone.Folder!, Folder, command), files);
        var goldens = Path.Combine(SourceClone.Folder!, Folder, command);
        Assert.Equal(Directory.GetFiles(goldens).Select(Path.GetFileName).Order(), files.Select(file => $"{file.Name}.txt").Order());
        foreach (var file in files)
            Assert.Equal(File.ReadAllText(Path.Combine(goldens, $"{file.Name}.txt")), file.Text);
    }

    [Fact]
    public void NoFileHasAnAbsolutePath()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in FixedProjects.All(folder.Path).SelectMany(ProjectWriter.Files))
            Assert.DoesNotContain(folder.Path, file.Text, StringComparison.Ordinal);
    }

    private static void Write(string folder, IReadOnlyList<ProjectFile> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var stale in Directory.GetFiles(folder))
            File.Delete(stale);
        foreach (var file in files)
            File.WriteAllText(Path.Combine(folder, $"{file.Name}.txt"), file.Text);
    }
}
