using System.Globalization;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>
/// The C# files of a project, from templates. Those that all scenarios share are under <c>Templates/</c>, and what is a scenario's own is
/// in the folder named as its command is: the pipeline, how a model is measured, and what the program shows.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="names">Its names.</param>
internal sealed class ProjectCode(TrainedProject project, ProjectNames names)
{
    private readonly Dictionary<string, string> common = Common(project, names);

    /// <summary>The file that predicts.</summary>
    public string Consumption() => Template.Render("Consumption.cs.template", new Dictionary<string, string>(common)
    {
        ["Summary"] = CSharpText.Documentation(project.Job.Scenario.Description),
        ["InputProperties"] = string.Join("\n\n", names.Inputs.Select(Input)),
        ["OutputProperties"] = string.Join("\n\n", names.Outputs.Select(Output)),
        ["LabelMethods"] = HasClasses ? Template.Render("Labels.cs.template", common) : "",
    });

    /// <summary>The file that trains.</summary>
    public string Training() => new TrainingCode(project, names, common).Render();

    /// <summary>The file that measures.</summary>
    public string Evaluation()
    {
        var isImages = project.Setup.Dataset is ImageFolderDataset;
        return Template.Render("Evaluate.cs.template", new Dictionary<string, string>(common)
        {
            ["DataName"] = isImages ? "a folder" : "a file",
            ["LoadPath"] = isImages ? "LoadImageFromFolder(mlContext, path)" : "LoadIDataViewFromFile(mlContext, path)",
            ["Inputs"] = isImages ? "pixels" : "tokens",
            ["OfTable"] = HasClasses ? ", and which classes it takes for which" : "",
            ["Evaluation"] = Template.Render($"{project.Job.Scenario.Command}/Evaluate.cs.template", common),
        });
    }

    /// <summary>The program.</summary>
    public string Program() => new ProgramCode(project, names, common).Render();

    private bool HasClasses => names.Outputs.Any(output => output.Column.Purpose == AnswerPurpose.Probabilities);

    /// <summary>
    /// What every template may have: <c>$LabelColumn$</c> is the name of the column of that purpose as a literal, and <c>$LabelProperty$</c>
    /// its property; likewise for all purposes of the data, for what is predicted, and for each column of the answer by its name.
    /// </summary>
    private static Dictionary<string, string> Common(TrainedProject project, ProjectNames names)
    {
        var values = new Dictionary<string, string>
        {
            ["Name"] = names.Class,
            ["Namespace"] = names.Namespace,
            ["Context"] = Context(project, "new MLContext"),
            ["TrainingContext"] = Context(project, "new MLContext(seed: RetrainSeed)"),
        };
        foreach (var input in names.Inputs)
            Add(input.Purpose.ToString(), input.ColumnName, input.Name);
        foreach (var output in names.Outputs)
        {
            Add(output.Column.Purpose == AnswerPurpose.Answer ? "Prediction" : output.Column.Purpose.ToString(), output.Column.Name, output.Name);
            Add(output.Column.Name, output.Column.Name, output.Name);
        }
        if (project.Options is TokenClassificationOptions tagging)
        {
            values["TagsColumn"] = CSharpText.Verbatim(tagging.LabelColumnName + NamedEntityRecognitionScenario.TagsSuffix);
            values["Scheme"] = $"{nameof(TaggingScheme)}.{tagging.Scheme!.Value}";
        }
        return values;

        void Add(string purpose, string column, string property)
        {
            values.TryAdd($"{purpose}Column", CSharpText.Verbatim(column));
            values.TryAdd($"{purpose}Property", property);
        }
    }

    /// <summary>The expression for the context that models are used in.</summary>
    /// <param name="project">The project.</param>
    /// <param name="context">It without its properties.</param>
    public static string Context(TrainedProject project, string context)
    {
        var device = project.Job.GpuDeviceId is { } id ? string.Create(CultureInfo.InvariantCulture, $"GpuDeviceId = {id}, ") : "";
        return $"{context} {{ {device}FallbackToCpu = true }}";
    }

    private static string Input(InputProperty input) => string.Create(CultureInfo.InvariantCulture, $$"""
        [LoadColumn({{input.ColumnIndex}})]
        [ColumnName({{CSharpText.Verbatim(input.ColumnName)}})]
        public {{input.TypeName}} {{input.Name}} { get; set; }{{Default(input.TypeName)}}
        """);

    private static string Output(OutputProperty output) => $$"""
        /// <summary>{{CSharpText.Documentation(output.Column.Description)}}</summary>
        [ColumnName({{CSharpText.Verbatim(output.Column.Name)}})]
        public {{output.Column.TypeName}} {{output.Name}} { get; set; }{{Default(output.Column.TypeName)}}
        """;

    private static string Default(string typeName) => typeName switch
    {
        "string" => " = \"\";",
        _ when typeName.EndsWith("[]", StringComparison.Ordinal) => " = [];",
        _ => "",
    };
}
