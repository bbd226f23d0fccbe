using System.Reflection;

namespace MLNet.Transformers.Tool.Projects;

/// <summary>The files of a project that say how it is built.</summary>
internal static class BuildFiles
{
    /// <summary>The files.</summary>
    public static IReadOnlyList<ProjectFile> Of(TrainedProject project, ProjectNames names)
    {
        ProjectFile build = new($"{names.Class}.csproj", Template.Render("Project.csproj.template", Values(project, names)));
        ProjectFile ignored = new(".gitignore", Template.Render("gitignore.template", new Dictionary<string, string>()));
        if (SourceClone.ToNameIn(project.Job) is not { } clone)
            return [build, ignored];
        var source = new Dictionary<string, string> { ["SourceFolder"] = clone, ["SourceConfiguration"] = SourceClone.Configuration };
        return [build, ignored, new("Directory.Build.props", Template.Render("Directory.Build.props.template", source))];
    }

    private static Dictionary<string, string> Values(TrainedProject project, ProjectNames names) => new()
    {
        ["Name"] = names.Class,
        ["Namespace"] = names.Namespace,
        ["Sdk"] = project.Job.WebApi ? "Microsoft.NET.Sdk.Web" : "Microsoft.NET.Sdk",
        ["Properties"] = project.Job.WebApi ? "<UsesServing>true</UsesServing>" : "",
        ["LibraryVersion"] = Version("MLNet.Transformers"),
        ["TorchVersion"] = Version("TorchSharp"),
        ["LibraryPackages"] = project.Job.WebApi ? $"<PackageReference Include=\"MLNet.Transformers.Serving\" Version=\"{Version("MLNet.Transformers")}\" />" : "",
        ["Packages"] = project.Job.WebApi
            ? $"""

            <ItemGroup>
              <PackageReference Include="Microsoft.AspNetCore.OpenApi" Version="{Version("Microsoft.AspNetCore.OpenApi")}" />
              <PackageReference Include="Microsoft.OpenApi" Version="{Version("Microsoft.OpenApi")}" />
            </ItemGroup>
            """
            : "",
    };

    /// <summary>The version of a package that this tool was built with.</summary>
    private static string Version(string package) => typeof(BuildFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == $"{package}.Version").Value!;
}
