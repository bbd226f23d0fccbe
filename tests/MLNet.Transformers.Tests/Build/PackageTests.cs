using System.IO.Compression;
using System.Xml.Linq;

namespace MLNet.Transformers.Tests.Build;

/// <summary>What <c>dotnet pack</c> makes of the projects, packed without their code and against empty stand-ins of the packages that no feed need have.</summary>
public sealed class PackageTests(PackedProjects packed) : IClassFixture<PackedProjects>
{
    [Theory]
    [InlineData("MLNet.Transformers.Tokenizers", "Microsoft.ML.Tokenizers 2.0.0")]
    [InlineData("MLNet.Transformers.Models", "TorchSharp 0.106.0")]
    [InlineData("MLNet.Transformers", "MLNet.Transformers.Models 0.1.0", "MLNet.Transformers.Tokenizers 0.1.0", "Microsoft.ML 5.0.0", "Microsoft.ML.ImageAnalytics 5.0.0")]
    [InlineData("MLNet.Transformers.Serving", "Microsoft.Extensions.ML 5.0.0", "Microsoft.ML 5.0.0")]
    public void ALibraryHasAllThatAUserNeeds(string id, params string[] dependencies)
    {
        using var package = packed.Open($"{id}.0.1.0.nupkg");
        var metadata = RequireCommon(package, id);
        Assert.Equal(
            dependencies.Order(StringComparer.Ordinal),
            metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => $"{(string?)element.Attribute("id")} {(string?)element.Attribute("version")}").Order(StringComparer.Ordinal));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
        using var symbols = packed.Open($"{id}.0.1.0.snupkg");
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{id}.pdb"));
    }

    [Fact]
    public void TheToolNamesAPackageForEachSystem()
    {
        using var package = packed.Open("mlnet-transformers.0.1.0.nupkg");
        var metadata = RequireCommon(package, "mlnet-transformers");
        Assert.Equal("DotnetTool", (string?)metadata.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name"));
        var settings = Xml(package, "tools/any/any/DotnetToolSettings.xml");
        Assert.Equal("mlnet-transformers", (string?)settings.Descendants("Command").Single().Attribute("Name"));
        Assert.Equal(
            ["linux-x64 mlnet-transformers.linux-x64", "osx-arm64 mlnet-transformers.osx-arm64", "win-x64 mlnet-transformers.win-x64"],
            settings.Descendants("RuntimeIdentifierPackage").Select(system => $"{(string?)system.Attribute("RuntimeIdentifier")} {(string?)system.Attribute("Id")}").Order(StringComparer.Ordinal));
    }

    /// <summary>That system's libtorch alone: what TorchSharp-cpu has for others would be some hundred megabytes more.</summary>
    [Theory]
    [InlineData("linux-x64", "libtorch.so")]
    [InlineData("win-x64", "torch.dll")]
    [InlineData("osx-arm64", "libtorch.dylib")]
    public void TheToolOfASystemHasItsLibtorch(string system, string library)
    {
        using var package = packed.Open($"mlnet-transformers.{system}.0.1.0.nupkg");
        RequireCommon(package, $"mlnet-transformers.{system}");
        var folder = $"tools/net10.0/{system}/";
        Assert.Equal("mlnet-transformers.dll", (string?)Xml(package, folder + "DotnetToolSettings.xml").Descendants("Command").Single().Attribute("EntryPoint"));
        Assert.NotNull(package.GetEntry(folder + "MLNet.Transformers.dll"));
        Assert.Equal([folder + library], package.Entries.Select(entry => entry.FullName).Where(name => name.Contains("torch.", StringComparison.Ordinal)));
    }

    private static XElement RequireCommon(ZipArchive package, string id)
    {
        var metadata = Xml(package, $"{id}.nuspec").Descendants().Single(element => element.Name.LocalName == "metadata");
        string? Of(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal(id, Of("id"));
        Assert.Equal("MIT", Of("license"));
        Assert.Contains("transformers", Of("tags")!.Split(' '));
        Assert.EndsWith(".", Of("description"), StringComparison.Ordinal);
        Assert.True(package.GetEntry(Of("icon")!)!.Length > 1000);
        using var reader = new StreamReader(package.GetEntry(Of("readme")!)!.Open());
        Assert.StartsWith("# ", reader.ReadToEnd(), StringComparison.Ordinal);
        Assert.Null(Of("projectUrl"));
        return metadata;
    }

    private static XDocument Xml(ZipArchive package, string path)
    {
        using var stream = package.GetEntry(path)!.Open();
        return XDocument.Load(stream);
    }
}
