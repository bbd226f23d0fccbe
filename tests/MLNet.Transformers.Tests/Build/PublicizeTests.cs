using System.Diagnostics;
using System.Runtime.Loader;

namespace MLNet.Transformers.Tests.Build;

/// <summary>The build's publicizer, run on its own assembly: nothing in it is public to begin with.</summary>
public sealed class PublicizeTests : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "Publicize.dll");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("publicize");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void MakesListedTypePublicAndNoOther()
    {
        var (exitCode, _) = Publicize("Publicize", "    Publicize.AssemblyImage");

        Assert.Equal(0, exitCode);
        Assert.Equal(["AssemblyImage"], PublicTypes(Path.Combine(folder.FullName, "Publicize.dll")));
        Assert.Empty(PublicTypes(Tool));
    }

    [Theory]
    [InlineData("Publicize has no type Publicize.Absent", "Publicize", "  Publicize.Absent")]
    [InlineData("Publicize has no member Absent in Publicize.AssemblyImage", "Publicize", "  Publicize.AssemblyImage::Absent")]
    [InlineData("lists nothing of Publicize", "Other", "  Publicize.AssemblyImage")]
    [InlineData("Publicize.AssemblyImage stands under no assembly", "  Publicize.AssemblyImage")]
    public void SaysWhatTheListGetsWrong(string message, params string[] list)
    {
        var (exitCode, errors) = Publicize(list);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.FullName, "Publicize.dll")));
    }

    private (int ExitCode, string Errors) Publicize(params string[] list)
    {
        var listPath = Path.Combine(folder.FullName, "list.txt");
        File.WriteAllLines(listPath, list);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Tool, listPath, folder.FullName, Tool]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    private static List<string> PublicTypes(string path)
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        using var bytes = new MemoryStream(File.ReadAllBytes(path));
        var names = context.LoadFromStream(bytes).GetExportedTypes().Select(type => type.Name).ToList();
        context.Unload();
        return names;
    }
}
