using System.Diagnostics;
using Microsoft.ML;
using MLNet.Transformers.Tests.Tool.Projects;
using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tests.Tool.WebApi;

/// <summary>
/// A web project as the tool writes it, with a model that is trained in a moment, built once for all tests. So that one build shows that
/// all scenarios compile, the classes of the others are in it too.
/// </summary>
public sealed class WebProject : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private WebService? service;

    /// <summary>The projects of all scenarios, as web APIs.</summary>
    internal IReadOnlyList<TrainedProject> Projects { get; private set; } = [];

    /// <summary>The program.</summary>
    public string Program { get; private set; } = "";

    /// <summary>The folder of the project, in which the service runs.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The service that all tests ask.</summary>
    internal WebService Service => service!;

    /// <summary>What a client gets that sends its request a byte at a time, from the start of the service on.</summary>
    internal Task<string> SlowClient { get; private set; } = Task.FromResult("");

    public async Task InitializeAsync()
    {
        Projects = [.. FixedProjects.All(folder.Path).Append(ComparesVectors(FixedProjects.Likeness(folder.Path)))
            .Select(project => project with { Job = project.Job with { WebApi = true, GpuDeviceId = null } })];
        var sections = Projects[0];
        Folder = sections.Job.ProjectFolder;
        ProjectWriter.Write(sections);
        Train(sections, Path.Combine(Folder, "Sections.mlnet"));
        foreach (var project in Projects.Skip(1))
            foreach (var file in ProjectWriter.Files(project).Where(file => file.Name.StartsWith($"{project.Job.Name}.", StringComparison.Ordinal) && file.Name.EndsWith(".cs", StringComparison.Ordinal)))
                File.WriteAllText(Path.Combine(Folder, file.Name), file.Text);
        Program = await BuildAsync();
        service = await WebService.StartAsync(Program, Folder);
        SlowClient = RawRequest.SendSlowlyAsync(service.Address);
    }

    public async Task DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Sentences are read together or each by itself, which the attention has to know.</summary>
    private static TrainedProject ComparesVectors(TrainedProject likeness) => likeness with
    {
        Job = likeness.Job with { Name = "Vectors" },
        Options = (SentenceSimilarityOptions)likeness.Options with { ComparesVectors = true },
    };

    /// <summary>Trains the model of a project and saves it.</summary>
    internal static ITransformer Train(TrainedProject project, string path)
    {
        var mlContext = new MLContext(seed: 1);
        var rows = project.Setup.Dataset.Load(mlContext);
        var model = project.Job.Scenario.Fit(mlContext, project.Options, project.Pretraining, rows);
        mlContext.Model.Save(model, rows.Schema, path);
        return model;
    }

    /// <summary>Builds without a warning of this repository's analyzers; the library's projects are built already, with the tests.</summary>
    private async Task<string> BuildAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        File.Copy(Path.Combine(SourceClone.Folder!, ".editorconfig"), Path.Combine(Folder, ".editorconfig"));
        var start = new ProcessStartInfo("dotnet",
        [
            "build", "-c", configuration, "-v", "q", "-nologo", "-nodeReuse:false", "-p:BuildProjectReferences=false",
            "-p:TreatWarningsAsErrors=true", "-p:AnalysisLevel=latest-recommended", "-p:EnforceCodeStyleInBuild=true",
        ])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner tells its own build is not for another.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync() + await errors;
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);
        return Path.Combine(Folder, "bin", configuration, "net10.0", "Sections.dll");
    }
}

/// <summary>The tests that share one build.</summary>
[CollectionDefinition(nameof(WebProject))]
public sealed class WebProjectTests : ICollectionFixture<WebProject>;
