using System.Globalization;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>
/// The C# files of a project, from templates. Those that all scenarios share are under <c>Templates/</c>, and what is a scenario's own is
/// in the folder named as its command is: the pipeline, how a model is measured, and what the program shows.
/// </summary>
internal sealed class ProjectCode
{
    private readonly TrainedProject project;
    private readonly ProjectNames names;
    private readonly Dictionary<string, string> values;

    public ProjectCode(TrainedProject project, ProjectNames names)
    {
        (this.project, this.names) = (project, names);
        values = CommonValues(project, names);
    }

    /// <summary>The file that predicts.</summary>
    public string Consumption() => Template.Render("Consumption.cs.template", With(
        ("Summary", CSharpText.Documentation(project.Job.Scenario.Description)),
        ("InputProperties", string.Join("\n\n", names.Inputs.Select(Input))),
        ("OutputProperties", string.Join("\n\n", names.Outputs.Select(Output))),
        ("LabelMethods", Probabilities is null ? "" : Render("Labels.cs.template"))));

    private OutputProperty? Probabilities => names.Outputs.FirstOrDefault(output => output.Column.Purpose == AnswerPurpose.Probabilities);

    private static Dictionary<string, string> CommonValues(TrainedProject project, ProjectNames names)
    {
        var values = new Dictionary<string, string>
        {
            ["Name"] = names.Class,
            ["Namespace"] = names.Namespace,
            ["Context"] = Context(project, ""),
        };
        // $LabelColumn$ is the column's name as a literal, and $LabelProperty$ the property's; likewise for all purposes.
        foreach (var input in names.Inputs)
            Add(input.Purpose.ToString(), input.ColumnName, input.Name);
        foreach (var output in names.Outputs.Where(output => output.Column.Purpose != AnswerPurpose.Detail))
            Add(output.Column.Purpose.ToString(), output.Column.Name, output.Name);
        return values;

        void Add(string purpose, string column, string property)
        {
            values.TryAdd($"{purpose}Column", CSharpText.Verbatim(column));
            values.TryAdd($"{purpose}Property", property);
        }
    }

    private static string Context(TrainedProject project, string arguments) => project.Job.GpuDeviceId is { } device
        ? $"new({arguments}) {{ GpuDeviceId = {device.ToString(CultureInfo.InvariantCulture)}, FallbackToCpu = true }}"
        : $"new({arguments}) {{ FallbackToCpu = true }}";

    private static string Input(InputProperty input) =>
        $"""
        [LoadColumn({input.ColumnIndex.ToString(CultureInfo.InvariantCulture)})]
        [ColumnName({CSharpText.Verbatim(input.ColumnName)})]
        public {input.TypeName} {input.Name} {"{ get; set; }"}{Default(input.TypeName)}
        """;

    private static string Output(OutputProperty output) =>
        $"""
        /// <summary>{CSharpText.Documentation(output.Column.Description)}</summary>
        [ColumnName({CSharpText.Verbatim(output.Column.Name)})]
        public {output.Column.TypeName} {output.Name} {"{ get; set; }"}{Default(output.Column.TypeName)}
        """;

    private static string Default(string typeName) => typeName switch
    {
        "string" => " = \"\";",
        _ when typeName.EndsWith("[]", StringComparison.Ordinal) => " = [];",
        _ => "",
    };

    private string Render(string template) => Template.Render(template, values);

    private Dictionary<string, string> With(params IEnumerable<(string Name, string Value)> more)
    {
        var all = new Dictionary<string, string>(values);
        foreach (var (name, value) in more)
            all.Add(name, value);
        return all;
    }
}
