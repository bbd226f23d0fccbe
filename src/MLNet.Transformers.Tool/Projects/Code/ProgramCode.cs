using System.Globalization;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>What is put into the template of <c>Program.cs</c>: rows to answer, and how the answers are shown.</summary>
/// <param name="project">The project.</param>
/// <param name="names">Its names.</param>
/// <param name="common">The values that all templates share.</param>
internal sealed class ProgramCode(TrainedProject project, ProjectNames names, IReadOnlyDictionary<string, string> common)
{
    private const int Answered = 3;
    private const int PromptWords = 6;

    /// <summary>The text of the file.</summary>
    public string Render()
    {
        var path = project.Setup.Dataset is ImageFolderDataset ? "FOLDER" : "FILE";
        return Template.Render("Program.cs.template", new Dictionary<string, string>(common)
        {
            ["Path"] = path,
            ["Shown"] = project.Setup.Dataset is ImageFolderDataset ? "some of the images" : "some rows that the model was not trained on",
            ["PathPadding"] = new string(' ', 8 - path.Length),
            ["Answers"] = Template.Render($"{project.Job.Scenario.Command}/Program.cs.template", new Dictionary<string, string>(common) { ["Rows"] = Rows() }),
        });
    }

    /// <summary>An array of some examples, or of the paths of some images.</summary>
    private string Rows()
    {
        var (type, rows) = project.Setup.Dataset is ImageFolderDataset images
            ? ("string", images.Classes.Select(label => CSharpText.Verbatim(ProjectPaths.Relative(project.Job, FirstImage(images, label)))))
            : ($"{names.Class}.ModelInput", project.Examples.Select(Row));
        return $"{type}[] rows =\n[\n{string.Concat(rows.Take(Answered).Select(row => $"    {row.Replace("\n", "\n    ", StringComparison.Ordinal)},\n"))}];";
    }

    private static string FirstImage(ImageFolderDataset images, string label) =>
        ImageFolder.Files(images.Path).First(image => image.Class == label).File;

    private string Row(IReadOnlyDictionary<string, string> row)
    {
        string[] asked = [.. names.Inputs.Where(input => !input.Purpose.IsAnswer()).Select(input => $"{input.Name} = {Literal(input, row[input.ColumnName])}")];
        return asked is [var only] ? $"new() {{ {only} }}" : $"new()\n{{\n{string.Concat(asked.Select(value => $"    {value},\n"))}}}";
    }

    private string Literal(InputProperty input, string value) => input.TypeName switch
    {
        "string" => CSharpText.Of(project.Job.Scenario is Scenarios.TextGenerationScenario ? Beginning(value) : value),
        "float" => CSharpText.Of(float.Parse(value, CultureInfo.InvariantCulture)),
        "int" => int.Parse(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        "bool" => CSharpText.Of(bool.Parse(value)),
        var type => throw new NotSupportedException($"An example of the column '{input.ColumnName}' cannot be written as a {type}."),
    };

    // What is to go on needs no more than its first words.
    private static string Beginning(string text) => string.Join(' ', text.Split(' ', PromptWords + 1, StringSplitOptions.RemoveEmptyEntries).Take(PromptWords));
}
