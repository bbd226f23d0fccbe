using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Scenarios;

/// <summary>A scenario with data so small that it is learnt from in a moment.</summary>
internal sealed record ScenarioCase(string Command, Dataset Dataset)
{
    public static readonly string[] Commands =
    [
        "text-classification", "sentence-similarity", "named-entity-recognition", "question-answering", "image-classification", "translation", "text-generation",
    ];

    private static readonly string[] Fruit = ["apple", "pear", "plum", "cherry"], Tools = ["hammer", "saw", "drill", "file"];

    public Scenario Scenario => Scenario.All.Single(scenario => scenario.Command == Command);

    public TrainingSetup Setup => new(Dataset, null, 1, null);

    public FineTuningOptions Options(int pretrainingEpochs = 0) => Scenario.Options(Trial(pretrainingEpochs), Setup);

    public MaskedLanguageModelOptions? Pretraining(int pretrainingEpochs) => Scenario.Pretraining(Trial(pretrainingEpochs), Setup);

    public ITransformer Fit(MLContext mlContext, int pretrainingEpochs = 0) =>
        Scenario.Fit(mlContext, Options(pretrainingEpochs), Pretraining(pretrainingEpochs), Dataset.Load(mlContext));

    public IReadOnlyList<Metric> Evaluate(MLContext mlContext, ITransformer model) =>
        Scenario.Evaluate(mlContext, Options(), model, Dataset.Load(mlContext));

    /// <param name="command">The scenario.</param>
    /// <param name="folder">Where its data are written.</param>
    public static ScenarioCase Of(string command, TemporaryFolder folder) => new(command, command switch
    {
        "text-classification" => Table(folder, "Text\tClass", Rows(row => $"{Phrase(row)}\t{(IsFruit(row) ? "fruit" : "tool")}"),
            (ColumnPurpose.Text, DataKind.String), (ColumnPurpose.Label, DataKind.String)),
        "sentence-similarity" => Table(folder, "First\tSecond\tScore", Rows(row => $"{Phrase(row)}\t{Phrase(Partner(row))}\t{(IsFruit(row) == IsFruit(Partner(row)) ? 4.5 : 0.5)}"),
            (ColumnPurpose.SourceSentence, DataKind.String), (ColumnPurpose.ComparisonSentence, DataKind.String), (ColumnPurpose.Label, DataKind.Single)),
        "named-entity-recognition" => Table(folder, "Words\tTags", Rows(row => $"take the {Phrase(row)} now\tO O {Tag(row)} O"),
            (ColumnPurpose.Text, DataKind.String), (ColumnPurpose.Label, DataKind.String)),
        "question-answering" => Table(folder, "Question\tContext\tAnswer\tAt", Rows(row => $"what lies there?\there lies {Phrase(row)}\t{Phrase(row)}\t10"),
            (ColumnPurpose.Question, DataKind.String), (ColumnPurpose.Context, DataKind.String), (ColumnPurpose.Answer, DataKind.String), (ColumnPurpose.AnswerIndex, DataKind.Int32)),
        "image-classification" => Images(folder),
        "translation" => Table(folder, "English\tReversed", Rows(row => $"{Phrase(row)}\t{string.Join(' ', Phrase(row).Split(' ').Reverse())}"),
            (ColumnPurpose.Source, DataKind.String), (ColumnPurpose.Target, DataKind.String)),
        _ => Table(folder, "Text", Rows(row => $"once there was a {Phrase(row)} in the garden"), (ColumnPurpose.Text, DataKind.String)),
    });

    public static TabularDataset Table(TemporaryFolder folder, string header, IEnumerable<string> rows, params (ColumnPurpose Purpose, DataKind Kind)[] columns)
    {
        var path = folder.File("data.tsv");
        File.WriteAllLines(path, [header, .. rows]);
        return new TabularDataset(path, '\t', HasHeader: true, AllowQuoting: false,
            [.. header.Split('\t').Zip(columns, (name, column) => (name, column)).Index().Select(column =>
                new DatasetColumn(column.Item.name, column.Index, column.Item.column.Kind, column.Item.column.Purpose))]);
    }

    /// <summary>Light images and dark ones.</summary>
    public static ImageFolderDataset Images(TemporaryFolder folder, int side = 8, int rows = 16)
    {
        string[] classes = ["dark", "light"];
        foreach (var name in classes)
            Directory.CreateDirectory(folder.File(name));
        foreach (var row in Enumerable.Range(0, rows))
        {
            var value = (byte)((row % 2 * 120) + row);
            using var image = MLImage.CreateFromPixels(side, side, MLPixelFormat.Rgba32, [.. Enumerable.Repeat<byte[]>([value, value, value, 255], side * side).SelectMany(pixel => pixel)]);
            image.Save(folder.File(Path.Combine(classes[row % 2], $"{row}.png")));
        }
        return new ImageFolderDataset(folder.Path, classes);
    }

    private static Trial Trial(int pretrainingEpochs) => new(ModelSize.Tiny, 3e-3, Epochs: 2, PretrainingEpochs: pretrainingEpochs);

    private static IEnumerable<string> Rows(Func<int, string> row) => Enumerable.Range(0, 24).Select(row);

    private static bool IsFruit(int row) => row % 2 == 0;

    private static string Phrase(int row) => string.Join(' ', Enumerable.Range(0, 2 + (row % 3)).Select(word => (IsFruit(row) ? Fruit : Tools)[(row + (word * 3)) % 4]));

    /// <summary>Now a row of the same kind, now one of the other.</summary>
    private static int Partner(int row) => row + (row / 2);

    private static string Tag(int row) => string.Join(' ', Phrase(row).Split(' ').Select((_, word) => $"{(word == 0 ? "B" : "I")}-{(IsFruit(row) ? "fruit" : "tool")}"));
}
