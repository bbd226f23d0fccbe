using System.Globalization;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>What is put into the template of <c>NAME.training.cs</c>: where the data are, how a model is validated, and how it is trained.</summary>
/// <param name="project">The project.</param>
/// <param name="names">Its names.</param>
/// <param name="common">The values that all templates share.</param>
internal sealed class TrainingCode(TrainedProject project, ProjectNames names, IReadOnlyDictionary<string, string> common)
{
    private Dataset Dataset => project.Setup.Dataset;

    private bool IsImages => Dataset is ImageFolderDataset;

    /// <summary>The text of the file.</summary>
    public string Render() => Template.Render("Training.cs.template", new Dictionary<string, string>(common)
    {
        ["SourceConstants"] = SourceConstants(),
        ["Seed"] = project.Setup.Seed.ToString(CultureInfo.InvariantCulture),
        ["ValidationConstants"] = ValidationConstants(),
        ["TrainParameterComments"] = Template.Render(IsImages ? "ImageFolder.ParameterComments.cs.template" : "TextFile.ParameterComments.cs.template", common),
        ["TrainParameters"] = IsImages
            ? "string inputDataFolderPath = RetrainFolderPath"
            : "string inputDataFilePath = RetrainFilePath, char separatorChar = RetrainSeparatorChar, bool hasHeader = RetrainHasHeader, bool allowQuoting = RetrainAllowQuoting",
        ["LoadTrainingData"] = IsImages
            ? "LoadImageFromFolder(mlContext, inputDataFolderPath)"
            : "LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader, allowQuoting)",
        ["Validated"] = Validated(),
        ["Loader"] = Loader(),
        ["RetrainModel"] = RetrainModel(),
        ["PipelineParameterComments"] = project.Pretraining is null
            ? ""
            : "/// <param name=\"pretrained\">What <see cref=\"PretrainModel\"/> gave; null to start from random weights.</param>",
        ["PipelineParameters"] = project.Pretraining is null ? "" : ", FineTunedTransformer? pretrained = null",
        ["Options"] = ObjectCode.Of(project.Options, Expressions(project.Options)),
        ["Pipeline"] = Template.Render($"{project.Job.Scenario.Command}/Pipeline.cs.template", new Dictionary<string, string>(common) { ["Trainer"] = Trainer() }),
        ["WarmStart"] = project.Pretraining is null ? "" : Template.Render("WarmStart.cs.template", common),
    });

    private string SourceConstants()
    {
        var values = new Dictionary<string, string>(common) { ["FilePath"] = CSharpText.Verbatim(Relative(Dataset.Path)) };
        if (Dataset is not TabularDataset table)
            return Template.Render("ImageFolder.Constants.cs.template", values);
        values["Separator"] = CSharpText.Of(table.Separator);
        values["HasHeader"] = CSharpText.Of(table.HasHeader);
        values["AllowQuoting"] = CSharpText.Of(table.AllowQuoting);
        return Template.Render("TextFile.Constants.cs.template", values);
    }

    private string Loader() => IsImages
        ? Template.Render("ImageFolder.Loader.cs.template", common)
        : Template.Render("TextFile.Loader.cs.template", new Dictionary<string, string>(common)
        {
            ["ReadMultilines"] = Dataset is TabularDataset { ReadMultilines: true } || project.ValidationDataset is TabularDataset { ReadMultilines: true } ? "ReadMultilines = true," : "",
        });

    private string Validation => project switch
    {
        { ValidationDataset: not null } => "File",
        { Job.Folds: not null } => "Folds",
        _ => "Split",
    };

    private string ValidationConstants() => Template.Render($"Validation/{Validation}.Constants.cs.template", new Dictionary<string, string>(common)
    {
        ["SplitRatio"] = CSharpText.Of(project.Job.SplitRatio),
        ["Folds"] = project.Job.Folds?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["ValidationPath"] = project.ValidationDataset is { } validation ? CSharpText.Verbatim(Relative(validation.Path)) : "",
    });

    private string Validated() => Template.Render($"Validation/{Validation}.cs.template", new Dictionary<string, string>(common)
    {
        ["LoadValidationData"] = project.ValidationDataset switch
        {
            TabularDataset table => $"LoadIDataViewFromFile(mlContext, RetrainValidationPath, {CSharpText.Of(table.Separator)}, {CSharpText.Of(table.HasHeader)}, {CSharpText.Of(table.AllowQuoting)})",
            _ => "LoadImageFromFolder(mlContext, RetrainValidationPath)",
        },
    });

    private string RetrainModel()
    {
        if (project.Pretraining is not { } pretraining)
            return Template.Render("RetrainModel.cs.template", common);
        var texts = names.Inputs.Where(input => input.Purpose is ColumnPurpose.Text or ColumnPurpose.SourceSentence or ColumnPurpose.ComparisonSentence
            or ColumnPurpose.Question or ColumnPurpose.Context);
        return Template.Render("RetrainPretrainedModel.cs.template", new Dictionary<string, string>(common)
        {
            ["PretrainingColumns"] = string.Join(", ", texts.Select(text => CSharpText.Verbatim(text.ColumnName))),
            ["PretrainingOptions"] = ObjectCode.Of(pretraining, Expressions(pretraining)),
        });
    }

    private string Trainer()
    {
        var trainer = project.Options switch
        {
            TextClassificationOptions => "MulticlassClassification.Trainers.TransformerTextClassification",
            ImageClassificationOptions => "MulticlassClassification.Trainers.TransformerImageClassification",
            SentenceSimilarityOptions => "Regression.Trainers.TransformerSentenceSimilarity",
            TokenClassificationOptions => "TokenClassification.Trainers.TransformerTokenClassification",
            QuestionAnsweringOptions => "QuestionAnswering.Trainers.TransformerQuestionAnswering",
            SequenceToSequenceOptions => "SequenceToSequence.Trainers.TransformerSequenceToSequence",
            LanguageModelOptions => "LanguageModeling.Trainers.TransformerLanguageModel",
            var other => throw new NotSupportedException($"No generated code trains with {other.GetType().Name}."),
        };
        return project.Pretraining is null ? $"mlContext.{trainer}(options)" : $"new WarmStart(mlContext.{trainer}(options), pretrained)";
    }

    /// <summary>What of the options stands in the code in another way: the device is the context's, and a run's own are no settings.</summary>
    private Dictionary<string, string?> Expressions(FineTuningOptions options) => new()
    {
        [nameof(options.Seed)] = "RetrainSeed",
        [nameof(options.PretrainedFolder)] = options.PretrainedFolder is { } folder ? $"ProjectPath({CSharpText.Verbatim(Relative(folder))})" : null,
        [nameof(options.GpuDeviceId)] = null,
        [nameof(options.Progress)] = null,
        [nameof(options.CancellationToken)] = null,
        [nameof(options.Checkpoints)] = null,
        [nameof(options.ValidationSet)] = null,
        [nameof(options.ReportEvery)] = null,
    };

    private string Relative(string path) => ProjectPaths.Relative(project.Job, path);
}
