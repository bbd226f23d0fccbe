using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MLNet.Transformers.Tests.Models;
using MLNet.Transformers.Tests.Tool.Projects;
using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tests.Tool.WebApi;

/// <summary>
/// The files of a web API as they are written: those that differ between scenarios character by character as <c>Goldens/</c> has them
/// (<c>MLNET_TRANSFORMERS_WRITE_GOLDENS=1</c> writes them anew), and those for containers by what they say.
/// </summary>
public sealed partial class WebApiFilesTests : IDisposable
{
    private const string Goldens = "tests/MLNet.Transformers.Tests/Tool/WebApi/Goldens";

    private static readonly Python Yaml = new("yaml", "python3-yaml");

    private readonly TemporaryFolder folder = new();

    /// <summary>The commands of all scenarios.</summary>
    public static TheoryData<string> Commands => [.. MLNet.Transformers.Tool.Scenarios.Scenario.All.Select(scenario => scenario.Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void FilesAreAsTheGoldens(string command)
    {
        var goldens = Path.Combine(SourceClone.Folder!, Goldens, command);
        var project = FixedProjects.All(folder.Path).Single(project => project.Job.Scenario.Command == command);
        var files = Files(project).Where(file => file.Name is "Program.cs" or "appsettings.json" or "wwwroot/model.json" || file.Name.EndsWith(".attention.cs", StringComparison.Ordinal)).ToArray();
        if (Environment.GetEnvironmentVariable("MLNET_TRANSFORMERS_WRITE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(goldens);
            foreach (var file in files)
                File.WriteAllText(GoldenOf(file), file.Text);
        }
        Assert.Equal(Directory.GetFiles(goldens).Order(), files.Select(GoldenOf).Order());
        Assert.All(files, file => Assert.Equal(File.ReadAllText(GoldenOf(file)), file.Text));

        string GoldenOf(ProjectFile file) => Path.Combine(goldens, $"{Path.GetFileName(file.Name)}.txt");
    }

    [Fact]
    public void NothingIsLeftToFillInAndJsonIsJson()
    {
        foreach (var file in FixedProjects.All(folder.Path).SelectMany(Files))
        {
            Assert.DoesNotMatch(Placeholder(), file.Text);
            Assert.DoesNotContain(folder.Path, file.Text, StringComparison.Ordinal);
            if (file.Name.EndsWith(".json", StringComparison.Ordinal))
                JsonDocument.Parse(file.Text).Dispose();
        }
    }

    /// <summary>What the container's files name is there: folders to mount, services to ask, projects to build.</summary>
    [YamlFact]
    public void ContainersFindWhatTheyNeed()
    {
        var project = FixedProjects.All(folder.Path)[0];
        var files = Files(project).ToDictionary(file => file.Name, file => file.Text);
        var services = Read(files["compose.yaml"]).GetProperty("services");
        Assert.Equal(["api", "grafana", "prometheus"], services.EnumerateObject().Select(service => service.Name).Order());
        var mounts = services.EnumerateObject().SelectMany(service => service.Value.TryGetProperty("volumes", out var volumes) ? volumes.EnumerateArray() : default)
            .Select(volume => volume.GetString()!.Split(':')[0]).Where(source => source.StartsWith("./", StringComparison.Ordinal));
        Assert.All(mounts, mount => Assert.Contains(files.Keys, name => name == mount[2..] || name.StartsWith(mount[2..] + "/", StringComparison.Ordinal)));
        var home = services.GetProperty("grafana").GetProperty("environment").GetProperty("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").GetString()!;
        Assert.Contains(home.Replace("/etc/", "", StringComparison.Ordinal), files.Keys);

        var target = Read(files["prometheus.yml"]).GetProperty("scrape_configs")[0].GetProperty("static_configs")[0].GetProperty("targets")[0].GetString();
        Assert.Equal("api:8080", target);
        Assert.Contains("EXPOSE 8080\n", files["Dockerfile"], StringComparison.Ordinal);
        Assert.Contains("\"8080:8080\"", files["compose.yaml"], StringComparison.Ordinal);
        var source = Read(files["grafana/provisioning/datasources/prometheus.yml"]).GetProperty("datasources")[0];
        Assert.Equal("http://prometheus:9090", source.GetProperty("url").GetString());
        Assert.Contains($"\"uid\": \"{source.GetProperty("uid").GetString()}\"", files["grafana/provisioning/dashboards/predictions.json"], StringComparison.Ordinal);
        Assert.Equal(Path.GetDirectoryName(home), Read(files["grafana/provisioning/dashboards/predictions.yml"]).GetProperty("providers")[0].GetProperty("options").GetProperty("path").GetString());

        Assert.Contains($"{project.Job.Name}.csproj", files.Keys);
        Assert.Contains($"COPY {project.Job.Name}.csproj ", files["Dockerfile"], StringComparison.Ordinal);
        Assert.Contains("USER $APP_UID\n", files["Dockerfile"], StringComparison.Ordinal);
        Assert.Contains($"ENTRYPOINT [\"dotnet\", \"{project.Job.Name}.dll\"]", files["Dockerfile"], StringComparison.Ordinal);
        // In the image there is no clone to build from.
        Assert.Contains("\nDirectory.Build.props\n", files[".dockerignore"], StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<ProjectFile> Files(TrainedProject project) => ProjectWriter.Files(project with { Job = project.Job with { WebApi = true } });

    private JsonElement Read(string yaml)
    {
        var path = folder.File(string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid()}.yml"));
        File.WriteAllText(path, yaml);
        return JsonDocument.Parse(Yaml.Run("yaml_as_json.py", path)).RootElement;
    }

    [GeneratedRegex(@"\$[A-Z][A-Za-z0-9]*\$")]
    private static partial Regex Placeholder();

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class YamlFactAttribute : FactAttribute
    {
        public YamlFactAttribute() => Skip = Yaml.WhyAbsent;
    }
}
