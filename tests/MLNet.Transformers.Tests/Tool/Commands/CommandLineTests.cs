using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Commands;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tests.Tool.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<Job> _jobs = [];

    private Func<Job, CancellationToken, int> _train = (_, _) => 0;

    private string[] Errors => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private int Run(string words, CancellationToken token = default) => new CommandLine(Train, _output, _error).Run(words.Split(' '), token);

    private int Train(Job job, CancellationToken token)
    {
        _jobs.Add(job);
        return _train(job, token);
    }

    [Fact]
    public void ADatasetIsEnough()
    {
        Assert.Equal(0, Run("text-classification --dataset data/my-reviews.tsv --device cpu"));

        var job = Assert.Single(_jobs);
        Assert.Equal("text-classification", job.Scenario.Command);
        Assert.Equal(("data/my-reviews.tsv", "MyReviews", ".", 600d, 1, 0.2), (job.DatasetPath, job.Name, job.Output, job.TrainTime.TotalSeconds, job.Seed, job.SplitRatio));
        Assert.Empty(job.ColumnNames);
        Assert.True(job is
        {
            HasHeader: null, ValidationPath: null, Folds: null, GpuDeviceId: null, LogFilePath: null, PretrainedFolder: null, WebApi: false, Force: false,
        });
    }

    [Fact]
    public void EveryOptionReachesTheJob()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), "{}");

        Run($"text-classification -d a.tsv --label-col 1st --text-col my-text --ignore-cols x y --ignore-cols z --has-header false --cv-fold 5 -t 30 -o out --name Reviews"
            + $" --device cpu --log-file-path run.log --model {folder.Path} --seed -3 --web-api --force");

        var job = Assert.Single(_jobs);
        Assert.Equal(("1st", "my-text"), (job.ColumnNames[ColumnPurpose.Label], job.ColumnNames[ColumnPurpose.Text]));
        Assert.Equal(["x", "y", "z"], job.IgnoredColumns);
        Assert.Equal((false, 5, 30d, "Reviews", -3), (job.HasHeader, job.Folds, job.TrainTime.TotalSeconds, job.Name, job.Seed));
        Assert.Equal((Path.Combine("out", "Reviews"), "run.log", folder.Path), (job.ProjectFolder, job.LogFilePath, job.PretrainedFolder));
        Assert.True(job is { WebApi: true, Force: true });
    }

    [Theory]
    [InlineData("--has-header --seed 2", true)]
    [InlineData("--has-header true", true)]
    [InlineData("--has-header False", false)]
    public void AHeaderMayBeSpokenOfBriefly(string words, bool hasHeader)
    {
        Run($"text-classification --dataset a.tsv --device cpu {words}");

        Assert.Equal(hasHeader, Assert.Single(_jobs).HasHeader);
    }

    [Theory]
    [InlineData("--validation-dataset b.tsv", "b.tsv", 0.2)]
    [InlineData("--split-ratio 0.05", null, 0.05)]
    public void WhatIsMeasuredOnCanBeChosen(string words, string? path, double ratio)
    {
        Run($"text-classification --dataset a.tsv --device cpu {words}");

        Assert.Equal((path, ratio), (_jobs[0].ValidationPath, _jobs[0].SplitRatio));
    }

    [Theory]
    [InlineData("", "Option '--dataset' is required.")]
    [InlineData("--dataset a.tsv --train-time 0", "--train-time must be a whole number of seconds greater than 0, and is '0'.")]
    [InlineData("--dataset a.tsv --train-time 1.5", "--train-time must be a whole number of seconds greater than 0, and is '1.5'.")]
    [InlineData("--dataset a.tsv --train-time 99999999999999", "--train-time must be a whole number of seconds greater than 0, and is '99999999999999'.")]
    [InlineData("--dataset a.tsv --cv-fold 1", "--cv-fold must be a whole number of at least 2, and is '1'.")]
    [InlineData("--dataset a.tsv --split-ratio 1", "--split-ratio must be a number between 0 and 1, such as 0.2, and is '1'.")]
    [InlineData("--dataset a.tsv --split-ratio 0,2", "--split-ratio must be a number between 0 and 1, such as 0.2, and is '0,2'.")]
    [InlineData("--dataset a.tsv --split-ratio NaN", "--split-ratio must be a number between 0 and 1, such as 0.2, and is 'NaN'.")]
    [InlineData("--dataset a.tsv --seed one", "--seed must be a whole number, and is 'one'.")]
    [InlineData("--dataset a.tsv --device gpu", "--device must be cpu, cuda:0 (or another number) or auto, and is 'gpu'.")]
    [InlineData("--dataset a.tsv --device cuda:-1", "--device must be cpu, cuda:0 (or another number) or auto, and is 'cuda:-1'.")]
    [InlineData("--dataset a.tsv --cv-fold 2 --validation-dataset b.tsv", "--validation-dataset and --cv-fold exclude each other: give one of them.")]
    [InlineData("--dataset a.tsv --name my-model", "--name 'my-model': the name of the project must be a C# identifier: letters, digits and underscores, with a letter first, such as Reviews.")]
    [InlineData("--dataset a.tsv --oops", "Unrecognized command or argument '--oops'.")]
    [InlineData("--dataset a.tsv --question-col q", "Unrecognized command or argument '--question-col'.")]
    public void WrongOptionsAreNamed(string words, string sentence)
    {
        Assert.Equal(CommandLine.Misused, Run($"text-classification {words}".Trim()));

        Assert.Equal(sentence, Errors[0]);
        Assert.Equal("See mlnet-transformers text-classification --help", Errors[^1]);
        Assert.Empty(_jobs);
    }

    [Fact]
    public void ABlankOptionIsNamed()
    {
        Assert.Equal(CommandLine.Misused, new CommandLine(Train, _output, _error).Run(["text-classification", "--dataset", "a.tsv", "--label-col", " "], default));

        Assert.Equal("--label-col has no value.", Errors[0]);
    }

    [Fact]
    public void AWrongCommandIsNamed()
    {
        Assert.Equal(CommandLine.Misused, Run("text-clasification --dataset a.tsv"));

        Assert.StartsWith("Unrecognized command or argument 'text-clasification'.", Errors[0]);
    }

    [Theory]
    [InlineData("--model nowhere", "--model nowhere: there is no such folder.")]
    [InlineData("--model .", "--model .: the folder has no config.json, so it is not a model in the format of Hugging Face.")]
    [InlineData("--dataset 123.tsv", null)]
    [InlineData("--dataset __.tsv", "No name for the project can be made from '__.tsv': give one, such as --name Reviews.")]
    public void WhatIsNotThereIsASentence(string words, string? sentence)
    {
        var dataset = words.StartsWith("--dataset", StringComparison.Ordinal) ? "" : "--dataset a.tsv ";

        Assert.Equal(sentence is null ? 0 : CommandLine.Failed, Run($"text-classification {dataset}{words} --device cpu"));

        Assert.Equal(sentence is null ? [] : [sentence], Errors);
    }

    [Fact]
    public void AFileInTheWayOfTheProjectIsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("Reviews"), "");

        Assert.Equal(CommandLine.Failed, Run($"text-classification --dataset a.tsv --device cpu -o {folder.Path} --name Reviews"));

        Assert.Equal([$"{folder.File("Reviews")} is to be the folder of the project, and is a file: give another --output or --name."], Errors);
    }

    [Fact]
    public void WhatTheUserGotWrongIsOneSentence()
    {
        _train = (_, _) => throw new InputException("a.tsv is empty.");

        Assert.Equal(CommandLine.Failed, Run("text-classification --dataset a.tsv --device cpu"));

        Assert.Equal(["a.tsv is empty."], Errors);
    }

    [Fact]
    public void WhatNobodyForesawIsOneSentenceAndWhereTheRestIs()
    {
        _train = (_, _) => throw new InvalidOperationException("Two\nlines.");

        Assert.Equal(CommandLine.Failed, Run("text-classification --dataset a.tsv --device cpu --log-file-path run.log"));

        Assert.Equal(["Two lines. (details are in run.log)"], Errors);
    }

    [Fact]
    public void AStoppedJobSaysThatItCanGoOn()
    {
        using var stop = new CancellationTokenSource();
        _train = (_, token) =>
        {
            stop.Cancel();
            token.ThrowIfCancellationRequested();
            return 0;
        };

        Assert.Equal(CommandLine.Interrupted, Run("text-classification --dataset a.tsv --device cpu", stop.Token));

        Assert.Equal(["Stopped. The same command goes on from here."], Errors);
    }

    [Fact]
    public void TheExitCodeIsThatOfTheJob()
    {
        _train = (_, _) => 7;

        Assert.Equal(7, Run("text-classification --dataset a.tsv --device cpu"));
    }

    [Fact]
    public void TheHelpListsEveryCommand()
    {
        Assert.Equal(0, Run("--help"));

        Assert.All(Scenario.All, scenario => Assert.Contains(scenario.Command, _output.ToString()));
        Assert.All(Scenario.All, scenario => Assert.Contains(scenario.Description, _output.ToString()));
    }

    public static TheoryData<string> Commands => [.. Scenario.All.Select(scenario => scenario.Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void TheHelpOfACommandHasItsColumnsAndExamplesThatWork(string command)
    {
        Assert.Equal(0, Run($"{command} --help"));
        var help = _output.ToString();
        Assert.All(Scenario.All.Single(scenario => scenario.Command == command).Columns, role => Assert.Contains(role.Option, help));

        string[] examples = [.. help.Split(Environment.NewLine).SkipWhile(line => line != "Examples:").Skip(1).Where(line => line.Length > 0)];
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Equal(0, Run(example.Trim()["mlnet-transformers ".Length..])));
        Assert.Equal(examples.Length, _jobs.Count);
    }

    [Fact]
    public void NoCommandAtAllShowsTheHelp()
    {
        Assert.Equal(CommandLine.Misused, new CommandLine(Train, _output, _error).Run([], default));

        Assert.Contains("Commands:", _output.ToString());
    }
}
