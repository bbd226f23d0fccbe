using System.Diagnostics;
using System.IO.Compression;

namespace MLNet.Transformers.Tests.Build;

/// <summary>The packages of <c>src/</c>, made in a folder of its own of the projects without their code.</summary>
public sealed class PackedProjects : IDisposable
{
    /// <summary>What a feed may lack, and for a tool has native parts for several systems.</summary>
    private static readonly (string Id, string Version, string[] Files)[] StandIns =
    [
        ("Microsoft.ML", "5.0.0", []),
        ("Microsoft.ML.ImageAnalytics", "5.0.0", []),
        ("Microsoft.ML.Tokenizers", "2.0.0", []),
        ("Microsoft.Extensions.ML", "5.0.0", []),
        ("TorchSharp", "0.106.0", []),
        ("TorchSharp-cpu", "0.106.0", ["linux-x64/native/libtorch.so", "win-x64/native/torch.dll", "osx-arm64/native/libtorch.dylib"]),
    ];

    /// <summary>The namespaces that the projects import everywhere have to be there.</summary>
    private const string Code = "namespace Microsoft.ML { internal static class Absent; }\nnamespace Microsoft.ML.Data { internal static class Absent; }\n";

    private readonly TemporaryFolder folder = new();

    public PackedProjects()
    {
        CopyProjects();
        Directory.CreateDirectory(folder.File("feed"));
        foreach (var (id, version, files) in StandIns)
            WritePackage(id, version, files);
        Pack();
    }

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string name) => ZipFile.OpenRead(folder.File($"packages/{name}"));

    public void Dispose() => folder.Dispose();

    private void CopyProjects()
    {
        var projects = Directory.GetFiles(RepositoryFolder.Path("src"), "*.csproj", SearchOption.AllDirectories);
        string[] shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "build/Common.props", "build/Packages.targets", "build/package/icon.png", "src/Directory.Build.props"];
        foreach (var path in projects.Concat(projects.Select(project => Path.Combine(Path.GetDirectoryName(project)!, "README.md"))).Concat(shared.Select(file => RepositoryFolder.Path(file))))
        {
            var copy = folder.File(Path.GetRelativePath(RepositoryFolder.Path(), path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        foreach (var project in projects)
        {
            var isProgram = File.ReadAllText(project).Contains("<OutputType>Exe", StringComparison.Ordinal);
            File.WriteAllText(folder.File(Path.Combine("src", Path.GetFileNameWithoutExtension(project), "Code.cs")), (isProgram ? "return;\n" : "") + Code);
        }
        File.WriteAllText(folder.File("All.proj"), $"""
            <Project>
              <Target Name="Restore"><MSBuild Projects="{string.Join(';', projects.Select(Local))}" Targets="Restore" /></Target>
              <Target Name="Pack"><MSBuild Projects="{string.Join(';', projects.Select(Local))}" Targets="Pack" /></Target>
            </Project>
            """);
        static string Local(string project) => Path.GetRelativePath(RepositoryFolder.Path(), project);
    }

    private void WritePackage(string id, string version, string[] files)
    {
        using var package = ZipFile.Open(folder.File($"feed/{id}.{version}.nupkg"), ZipArchiveMode.Create);
        Write($"{id}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>tests</authors><description>Empty.</description></metadata>
            </package>
            """);
        Write("lib/net10.0/_._", "");
        foreach (var file in files)
            Write($"runtimes/{file}", "");

        void Write(string name, string text)
        {
            using var writer = new StreamWriter(package.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    /// <summary>With a package folder of its own, so that no stand-in is ever taken for the package; what is no stand-in comes from the machine's.</summary>
    private void Pack()
    {
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var start = new ProcessStartInfo("dotnet", [
            "pack", "All.proj", "-c", "Release", "-o", folder.File("packages"), "-v", "quiet", "-nodeReuse:false",
            "-p:TransformersStack=Packages", "-p:UsesModelInternals=false", "-p:RunAnalyzers=false", "-p:NuGetAudit=false",
            $"-p:RestoreSources={folder.File("feed")}", $"-p:RestoreFallbackFolders={machine}"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        };
        start.Environment["NUGET_PACKAGES"] = folder.File("restored");
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, printed);
    }
}
