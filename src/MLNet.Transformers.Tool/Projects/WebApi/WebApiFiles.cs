using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Projects.Code;

namespace MLNet.Transformers.Tool.Projects.WebApi;

/// <summary>
/// The files that make a project a web API: all that is under <c>Templates/WebApi/</c>, the model's description for the page, and the code
/// that finds what the model looks at.
/// </summary>
internal static class WebApiFiles
{
    private const string Folder = "WebApi/";

    /// <summary>The files; <c>Program.cs</c> is one of them.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">Its names.</param>
    public static IReadOnlyList<ProjectFile> Of(TrainedProject project, ProjectNames names)
    {
        var attention = new AttentionCode(project, names).Render();
        var ofImages = project.Setup.Dataset is ImageFolderDataset;
        var values = new Dictionary<string, string>
        {
            ["Name"] = names.Class,
            ["Namespace"] = names.Namespace,
            ["Context"] = ProjectCode.Context(project, "new MLContext"),
            ["MapAttention"] = attention is null ? "" : Template.Render($"{Folder}Attention/MapAttention.cs.template", new Dictionary<string, string> { ["Name"] = names.Class }),
            // Docker's names have no capital letters.
            ["ImageName"] = names.Class.ToLowerInvariant(),
            ["MaxRequestRows"] = ofImages ? "16" : "128",
            ["MaxRequestBytes"] = ofImages ? "16777216" : "1048576",
            ["Work"] = ofImages ? "images" : "tokens",
            ["WorkMetric"] = ofImages ? "transformer_images_total" : "transformer_tokens_total",
        };
        var files = Template.Names(Folder).Where(name => !name.StartsWith($"{Folder}Attention/", StringComparison.Ordinal))
            .Select(name => new ProjectFile(name[Folder.Length..].Replace(".template", "", StringComparison.Ordinal), Template.Render(name, values)))
            .Append(new ProjectFile("wwwroot/model.json", PageModel.Of(project, names, hasAttention: attention is not null).ToJson()));
        return [.. attention is null ? files : files.Append(new ProjectFile($"{names.Class}.attention.cs", attention))];
    }
}
