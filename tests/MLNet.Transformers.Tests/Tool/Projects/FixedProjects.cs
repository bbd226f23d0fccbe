using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Projects;
using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>A small trained project for each scenario, the same at every run: data that it writes itself, and models that train in a moment.</summary>
internal static class FixedProjects
{
    private static readonly TransformerEncoderConfig Encoder = new() { HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 32, MaxLength = 32, Dropout = 0.1 };

    /// <summary>One project for each scenario that the tool knows.</summary>
    /// <param name="folder">Where their data are written, and where their folders would be.</param>
    public static IReadOnlyList<TrainedProject> All(string folder) =>
    [
        Sections(folder), Likeness(folder), Entities(folder), Answers(folder), Titles(folder), Sayings(folder), Squares(folder),
    ];

    /// <summary>Text classification, with a model that has learnt to guess hidden words before.</summary>
    public static TrainedProject Sections(string folder) => Of(
        folder, "Sections", "text-classification",
        Table(folder, "sections.tsv", '\t', "section\t2nd \"text\"", Enumerable.Range(0, 40).Select(row => $"{Pick(row, "games", "science", "sound")}\t{Pick(row, "play a hunt", "compute a star", "hear a song")} of number {row % 7}"),
            new("section", 0, DataKind.String, ColumnPurpose.Label), new("2nd \"text\"", 1, DataKind.String, ColumnPurpose.Text)),
        new TextClassificationOptions
        {
            LabelColumnName = "section",
            TextColumnName = "2nd \"text\"",
            LabelSmoothing = 0.1,
            Model = Encoder,
            VocabularySize = 200,
            MaxLength = 32,
            Epochs = 2,
            LearningRate = 0.0031,
            TokenDropout = 0.1,
            BatchTokens = 256,
            Seed = 1,
        }) with
    {
        Pretraining = new MaskedLanguageModelOptions
        {
            Model = Encoder,
            VocabularySize = 200,
            MaxLength = 32,
            BatchTokens = 256,
            MaskingProbability = 0.25,
            Epochs = 1,
            LearningRate = 0.002,
            Seed = 1,
        },
    };

    /// <summary>Sentence similarity, measured on a file of its own.</summary>
    public static TrainedProject Likeness(string folder)
    {
        var (header, columns) = ("id;first;second;alike", new DatasetColumn[]
        {
            new("id", 0, DataKind.Single, ColumnPurpose.Ignore), new("first", 1, DataKind.String, ColumnPurpose.SourceSentence),
            new("second", 2, DataKind.String, ColumnPurpose.ComparisonSentence), new("alike", 3, DataKind.Single, ColumnPurpose.Label),
        });
        static string Row(int row) => $"{row};{Pick(row, "a red car", "a blue boat", "an old train")};{Pick(row / 3, "a red car", "a blue boat", "an old train")};{(row % 3 == row / 3 % 3 ? 5 : row % 2)}";
        var project = Of(
            folder, "Likeness", "sentence-similarity",
            Table(folder, "likeness.csv", ';', header, Enumerable.Range(0, 36).Select(Row), columns),
            new SentenceSimilarityOptions
            {
                LabelColumnName = "alike",
                FirstSentenceColumnName = "first",
                SecondSentenceColumnName = "second",
                Model = Encoder,
                VocabularySize = 200,
                MaxLength = 32,
                Epochs = 2,
                LearningRate = 0.002,
                Seed = 1,
            });
        return project with
        {
            Job = project.Job with { ValidationPath = Path.Combine(folder, "data", "likeness-validation.csv") },
            ValidationDataset = Table(folder, "likeness-validation.csv", ';', header, Enumerable.Range(2, 12).Select(Row), columns),
        };
    }

    /// <summary>Named-entity recognition.</summary>
    public static TrainedProject Entities(string folder) => Of(
        folder, "Entities", "named-entity-recognition",
        Table(folder, "entities.tsv", '\t', null, Enumerable.Range(0, 40).Select(row => $"{Pick(row, "Ada", "Grace", "Alan")} went to {Pick(row / 2, "Paris", "New York")}\tB-PER O O {(row / 2 % 2 == 0 ? "B-LOC" : "B-LOC I-LOC")}"),
            new("col0", 0, DataKind.String, ColumnPurpose.Text), new("col1", 1, DataKind.String, ColumnPurpose.Label)),
        new TokenClassificationOptions
        {
            LabelColumnName = "col1",
            TextColumnName = "col0",
            Scheme = TaggingScheme.Iob,
            Model = Encoder,
            VocabularySize = 200,
            MaxLength = 32,
            CaseSensitive = true,
            Epochs = 3,
            LearningRate = 0.004,
            Seed = 1,
        });

    /// <summary>Question answering, where some questions have no answer.</summary>
    public static TrainedProject Answers(string folder) => Of(
        folder, "Answers", "question-answering",
        Table(folder, "answers.tsv", '\t', "Question\tContext\tAnswer\tAnswerIndex", Enumerable.Range(0, 40).Select(Answer),
            new("Question", 0, DataKind.String, ColumnPurpose.Question), new("Context", 1, DataKind.String, ColumnPurpose.Context),
            new("Answer", 2, DataKind.String, ColumnPurpose.Answer), new("AnswerIndex", 3, DataKind.Int32, ColumnPurpose.AnswerIndex)),
        new QuestionAnsweringOptions
        {
            AnswerStartColumnName = "AnswerIndex",
            NoAnswerThreshold = 0,
            Model = Encoder with { MaxLength = 64 },
            VocabularySize = 200,
            MaxLength = 64,
            Epochs = 2,
            LearningRate = 0.003,
            Seed = 1,
        });

    /// <summary>Translation, judged by folds.</summary>
    public static TrainedProject Titles(string folder)
    {
        var project = Of(
            folder, "Titles", "translation",
            Table(folder, "titles.tsv", '\t', "English\tGerman", Enumerable.Range(0, 30).Select(row => $"{Pick(row, "a game", "an editor", "a player")} for {Pick(row / 3, "music", "text")}\t{Pick(row, "ein Spiel", "ein Editor", "ein Spieler")} für {Pick(row / 3, "Musik", "Text")}"),
                new("English", 0, DataKind.String, ColumnPurpose.Source), new("German", 1, DataKind.String, ColumnPurpose.Target)),
            new SequenceToSequenceOptions
            {
                SourceColumnName = "English",
                TargetColumnName = "German",
                OutputColumnName = "Translation",
                Generation = new GenerationConfig { Beams = 2, MaxNewTokens = 8 },
                Model = new TransformerConfig { HiddenSize = 16, Layers = 1, DecoderLayers = 1, Heads = 2, InnerSize = 32, NormOrder = NormOrder.Pre, MaxLength = 32 },
                VocabularySize = 300,
                Subwords = SubwordVocabulary.BytePairs,
                MaxLength = 32,
                MaxTargetLength = 32,
                Epochs = 2,
                LearningRate = 0.005,
                Seed = 1,
            });
        return project with { Job = project.Job with { Folds = 2 } };
    }

    /// <summary>Text generation.</summary>
    public static TrainedProject Sayings(string folder) => Of(
        folder, "Sayings", "text-generation",
        Table(folder, "sayings.txt", '\t', null, Enumerable.Range(0, 40).Select(row => $"the {Pick(row, "early", "late", "old")} {Pick(row / 3, "bird", "mouse")} gets the {Pick(row / 2, "worm", "cheese", "house")} in the end"),
            new DatasetColumn("col0", 0, DataKind.String, ColumnPurpose.Text)),
        new LanguageModelOptions
        {
            TextColumnName = "col0",
            OutputColumnName = "Continuation",
            Generation = new GenerationConfig { Samples = true, Temperature = 0.8, TopP = 0.95, MaxNewTokens = 8, Seed = 1 },
            Model = new LlamaConfig { HiddenSize = 16, Layers = 1, Heads = 2, KeyValueHeads = 2, InnerSize = 32, MaxLength = 32, IsTied = true },
            VocabularySize = 300,
            Subwords = SubwordVocabulary.BytePairs,
            MaxLength = 32,
            Epochs = 2,
            LearningRate = 0.005,
            Seed = 1,
        });

    /// <summary>Image classification, trained on a GPU where there is one.</summary>
    public static TrainedProject Squares(string folder)
    {
        var project = Of(
            folder, "Squares", "image-classification",
            ImageFolders.Write(Path.Combine(folder, "data", "squares")),
            new ImageClassificationOptions
            {
                ImageColumnName = "ImageSource",
                Model = new VitConfig { ImageSize = 8, PatchSize = 4, Channels = 3, HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 32 },
                Augmentations = [new RandomCrop(8, 8) { Padding = 1 }, new HorizontalFlip()],
                LabelSmoothing = 0.05,
                EmaDecay = 0.9,
                BatchSize = 8,
                Epochs = 2,
                LearningRate = 0.002,
                Seed = 1,
            });
        return project with { Job = project.Job with { GpuDeviceId = 0 } };
    }

    private static string Pick(int row, params string[] texts) => texts[row % texts.Length];

    private static string Answer(int row)
    {
        var (name, place) = (Pick(row, "Ada", "Grace", "Alan"), Pick(row / 2, "Paris", "London"));
        var context = $"It was in {place} that {name} lived.";
        return row % 5 == 4
            ? $"What did {name} eat?\t{context}\t\t0"
            : $"Where did {name} live?\t{context}\t{place}\t{context.IndexOf(place, StringComparison.Ordinal)}";
    }

    private static TabularDataset Table(string folder, string name, char separator, string? header, IEnumerable<string> rows, params DatasetColumn[] columns)
    {
        var path = Path.Combine(folder, "data", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string[] lines = [.. rows];
        File.WriteAllLines(path, header is null ? lines : [header, .. lines]);
        return new(path, separator, header is not null, AllowQuoting: false, columns) { RowCount = lines.Length };
    }

    private static TrainedProject Of(string folder, string name, string command, Dataset dataset, FineTuningOptions options)
    {
        var job = new Job
        {
            Scenario = Scenario.All.Single(scenario => scenario.Command == command),
            DatasetPath = dataset.Path,
            Output = folder,
            Name = name,
            TrainTime = TimeSpan.FromSeconds(90),
        };
        TrialResult[] trials =
        [
            new(1, 0, new(ModelSize.Tiny, 0.0031, 1), [new(job.Scenario.MetricName, 0.625)], TimeSpan.FromSeconds(1.25)),
            new(2, 0, new(ModelSize.Small, 0.5, 1), [], TimeSpan.FromSeconds(0.5), "The loss became infinite: the learning rate is too high."),
            new(3, 1, new(ModelSize.Tiny, 0.0031, 2, PretrainingEpochs: command == "text-classification" ? 1 : 0), [new(job.Scenario.MetricName, 0.875)], TimeSpan.FromSeconds(2.5)),
        ];
        return new TrainedProject
        {
            Job = job,
            Setup = new(dataset, null, job.Seed, null),
            Options = options,
            Best = trials[2],
            Trials = trials,
            Examples = Examples(dataset),
        };
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Examples(Dataset dataset)
    {
        if (dataset is not TabularDataset table)
            return
            [
                .. ((ImageFolderDataset)dataset).Classes.Select(label => new Dictionary<string, string>
                {
                    [ImageFolderDataset.LabelColumnName] = label,
                    [ImageFolderDataset.ImageColumnName] = Path.Combine(dataset.Path, label, "0.png"),
                }),
            ];
        var used = table.Columns.Where(column => column.Purpose != ColumnPurpose.Ignore);
        return
        [
            .. File.ReadLines(table.Path).Skip(table.HasHeader ? 1 : 0).Take(2).Select(line => line.Split(table.Separator))
                .Select(values => used.ToDictionary(column => column.Name, column => values[column.Index])),
        ];
    }
}
