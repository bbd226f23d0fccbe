using System.Text.Json;
using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>
/// <c>NAME.mbconfig</c> has the keys of Model Builder's own files, in their order, with values of their types: the shapes here are those of
/// files that Model Builder has written, and for what it has no such file those of its neighbours.
/// </summary>
public sealed class ModelBuilderConfigTests
{
    private const string Keys = """{ "OutputColumnName": "<string>", "InputColumnName": "<string>", "AddKeyValueAnnotationsAsText": false }""";
    private const string Values = """{ "OutputColumnName": "<string>", "InputColumnName": "<string>" }""";
    private const string Split = """{ "Version": 0, "Type": "TrainValidateSplitValidationOption", "SplitRatio": "<number>" }""";
    private const string Folds = """{ "Version": 0, "Type": "CrossValidationValidationOption", "NumberOfFolds": "<number>" }""";
    private const string OtherFile = """{ "Version": 0, "Type": "FileValidationOption", "FilePath": "<string>" }""";

    private const string Table = """
        {
          "Type": "TabularFile", "Version": 1, "FilePath": "<string>", "Delimiter": "<string>", "DecimalMarker": ".", "HasHeader": "<bool>",
          "ColumnProperties": [{
            "ColumnName": "<string>", "ColumnPurpose": "<string>", "ColumnDataFormat": "<String|Single|Boolean>", "IsCategorical": "<bool>", "Type": "Column", "Version": 4
          }]
        }
        """;

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["text-classification"] = WithKeys("TextClassification", 4, Table, "TextClassificationMulti",
            """{ "LabelColumnName": "<string>", "Sentence1ColumnName": "<string>", "ScoreColumnName": "<string>", "OutputColumnName": "<string>", "BatchSize": "<number>", "MaxEpochs": "<number>", "Architecture": "<string>", "...": "" }""",
            $$"""{ "Version": 1, "Type": "TextClassficationTrainingOption", "TrainingTime": "<number>", "LabelColumn": "<string>", "TextColumn": "<string>", "ValidationOption": {{Split}} }"""),
        ["sentence-similarity"] = Alone("SentenceSimilarity", 4, "SentenceSimilarityRegression",
            """{ "LabelColumnName": "<string>", "Sentence1ColumnName": "<string>", "Sentence2ColumnName": "<string>", "ScoreColumnName": "<string>", "BatchSize": "<number>", "MaxEpochs": "<number>", "Architecture": "<string>", "...": "" }""",
            $$"""{ "Version": 1, "Type": "SentenceSimilarityTrainingOption", "TrainingTime": "<number>", "LabelColumn": "<string>", "SourceSentence": "<string>", "ComparisonSentence": "<string>", "ValidationOption": {{OtherFile}} }"""),
        ["image-classification"] = WithKeys("ImageClassification", 5, """{ "Type": "Folder", "Version": 1, "FolderPath": "<string>" }""", "ImageClassificationMulti",
            """{ "LabelColumnName": "<string>", "ScoreColumnName": "<string>", "FeatureColumnName": "ImageSource", "Arch": "<string>", "BatchSize": "<number>", "Epoch": "<number>", "...": "" }""",
            """{ "Version": 2, "Subsampling": false, "Type": "ClassificationTrainingOption", "TrainingTime": "<number>" }"""),
        ["named-entity-recognition"] = WithKeys("NamedEntityRecognition", 5, Table, "NamedEntityRecognitionMulti",
            """{ "LabelColumnName": "<string>", "Sentence1ColumnName": "<string>", "PredictionColumnName": "<string>", "BatchSize": "<number>", "MaxEpochs": "<number>", "Architecture": "<string>", "...": "" }""",
            $$"""{ "Version": 1, "Type": "NamedEntityRecognitionTrainingOption", "TrainingTime": "<number>", "LabelColumn": "<string>", "TextColumn": "<string>", "ValidationOption": {{Split}} }"""),
        ["question-answering"] = Alone("QuestionAnswering", 5, "QuestionAnsweringMulti",
            """{ "ContextColumnName": "<string>", "QuestionColumnName": "<string>", "TrainingAnswerColumnName": "<string>", "AnswerIndexStartColumnName": "<string>", "ScoreColumnName": "<string>", "PredictedAnswerColumnName": "<string>", "BatchSize": "<number>", "MaxEpochs": "<number>", "TopKAnswers": "<number>", "Architecture": "<string>", "...": "" }""",
            $$"""{ "Version": 1, "Type": "QuestionAnsweringTrainingOption", "TrainingTime": "<number>", "QuestionColumn": "<string>", "ContextColumn": "<string>", "AnswerColumn": "<string>", "AnswerIndexColumn": "<string>", "ValidationOption": {{Split}} }"""),
        ["translation"] = Alone("Translation", 5, "Translation",
            """{ "SourceColumnName": "<string>", "TargetColumnName": "<string>", "ScoreColumnName": "<string>", "OutputColumnName": "<string>", "BatchSize": "<number>", "MaxEpochs": "<number>", "Architecture": "<string>", "...": "" }""",
            $$"""{ "Version": 1, "Type": "TranslationTrainingOption", "TrainingTime": "<number>", "SourceColumn": "<string>", "TargetColumn": "<string>", "ValidationOption": {{Folds}} }"""),
        ["text-generation"] = Alone("TextGeneration", 5, "TextGeneration",
            """{ "TextColumnName": "<string>", "ScoreColumnName": "<string>", "OutputColumnName": "<string>", "BatchSize": "<number>", "MaxEpochs": "<number>", "Architecture": "<string>", "...": "" }""",
            $$"""{ "Version": 1, "Type": "TextGenerationTrainingOption", "TrainingTime": "<number>", "TextColumn": "<string>", "ValidationOption": {{Split}} }"""),
    };

    [Theory]
    [MemberData(nameof(GoldenTests.Commands), MemberType = typeof(GoldenTests))]
    public void TheFileHasTheShapeOfModelBuilders(string command)
    {
        using var folder = new TemporaryFolder();
        var project = FixedProjects.All(folder.Path).Single(project => project.Job.Scenario.Command == command);
        ProjectWriter.Write(project);
        var bytes = File.ReadAllBytes(Path.Combine(project.Job.ProjectFolder, $"{project.Job.Name}.mbconfig"));
        Assert.Equal(command != "image-classification", bytes.AsSpan().StartsWith("\uFEFF"u8));
        var text = File.ReadAllText(Path.Combine(project.Job.ProjectFolder, $"{project.Job.Name}.mbconfig"));
        Assert.StartsWith("{\n  \"Scenario\": ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);

        using var shape = JsonDocument.Parse(Shapes[command]);
        using var config = JsonDocument.Parse(text);
        Check("", shape.RootElement, config.RootElement);
        // The trial that failed has no score.
        Assert.Equal([0.625, 0.875], config.RootElement.GetProperty("RunHistory").GetProperty("Trials").EnumerateArray().Select(trial => trial.GetProperty("Score").GetDouble()));
    }

    private static void Check(string path, JsonElement shape, JsonElement actual)
    {
        switch (shape.ValueKind)
        {
            case JsonValueKind.Object:
                var keys = shape.EnumerateObject().Select(property => property.Name).Where(name => name != "...").ToList();
                var isOpen = shape.TryGetProperty("...", out _);
                var given = actual.EnumerateObject().Select(property => property.Name).ToList();
                Assert.Equal((path, string.Join(' ', keys)), (path, string.Join(' ', isOpen ? given.Take(keys.Count) : given)));
                foreach (var key in keys)
                    Check($"{path}.{key}", shape.GetProperty(key), actual.GetProperty(key));
                break;
            case JsonValueKind.Array:
                Assert.NotEmpty(actual.EnumerateArray());
                foreach (var item in actual.EnumerateArray())
                    Check($"{path}[]", shape[0], item);
                break;
            case JsonValueKind.String when shape.GetString() is ['<', .. var kind, '>']:
                Assert.True(IsOf(kind, actual), $"{path} is {actual}, not {kind}.");
                break;
            default:
                Assert.Equal((path, shape.GetRawText()), (path, actual.GetRawText()));
                break;
        }
    }

    private static bool IsOf(string kind, JsonElement actual) => kind switch
    {
        "string" => actual.ValueKind == JsonValueKind.String && actual.GetString()!.Length > 0,
        "number" => actual.ValueKind == JsonValueKind.Number,
        "bool" => actual.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => actual.ValueKind == JsonValueKind.String && kind.Split('|').Contains(actual.GetString()),
    };

    private static string WithKeys(string scenario, int version, string source, string trainer, string parameters, string option) => Of(
        scenario, version, source, trainer, "e0 * e1 * e2", $$"""{ "_SCHEMA_": "e0 * e1 * e2", "e0": {{Keys}}, "e1": {{parameters}}, "e2": {{Values}} }""",
        $$"""{ "e0": "MapValueToKey", "e1": "{{trainer}}", "e2": "MapKeyToValue" }""", option);

    private static string Alone(string scenario, int version, string trainer, string parameters, string option) => Of(
        scenario, version, Table, trainer, "e0", $$"""{ "_SCHEMA_": "e0", "e0": {{parameters}} }""", $$"""{ "e0": "{{trainer}}" }""", option);

    private static string Of(string scenario, int version, string source, string trainer, string schema, string parameter, string estimators, string option) =>
        $$"""
        {
          "Scenario": "{{scenario}}",
          "DataSource": {{source}},
          "Environment": { "Type": "<LocalCPU|LocalGPU>", "Version": 1 },
          "RunHistory": {
            "Version": 3,
            "Type": "Result",
            "Trials": [{ "Version": 1, "Type": "Trial", "TrainerName": "{{trainer}}", "Score": "<number>", "RuntimeInSeconds": "<number>", "Parameter": {{parameter}} }],
            "Estimators": {{estimators}},
            "Schema": "{{schema}}",
            "MetricName": "<string>",
            "ModelFilePath": "<string>"
          },
          "Type": "TrainingConfig",
          "Version": {{version}},
          "TrainingOption": {{option}}
        }
        """;
}
