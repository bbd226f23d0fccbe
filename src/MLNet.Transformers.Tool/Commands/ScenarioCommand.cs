using System.CommandLine;
using System.CommandLine.Parsing;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>The command of a scenario: its options, and the job that they describe.</summary>
internal sealed class ScenarioCommand : Command
{
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<(ColumnPurpose Purpose, Option<string> Option)> _columns;
    private readonly ColumnOptions? _tabular;
    private readonly Option<string> _dataset;
    private readonly ValidationOptions _validation = new();
    private readonly ProjectOptions _project = new();
    private readonly TrainingOptions _training = new();

    public ScenarioCommand(Scenario scenario) : base(scenario.Command, scenario.Description)
    {
        _scenario = scenario;
        _dataset = new("--dataset", "-d")
        {
            Required = true,
            HelpName = IsTabular ? "file" : "folder",
            Description = $"What to learn from: {DatasetReader.Formats(scenario)}.",
        };
        _dataset.Validators.Add(OptionChecks.NotBlank);
        Options.Add(_dataset);
        _columns = [.. scenario.Columns.Select(role => (role.Purpose, ColumnOption(role)))];
        foreach (var (_, option) in _columns)
            Options.Add(option);
        if (IsTabular)
            (_tabular = new ColumnOptions()).AddTo(this);
        _validation.AddTo(this);
        _training.AddTo(this);
        _project.AddTo(this);
    }

    /// <summary>Command lines that work, without the tool's name.</summary>
    public IEnumerable<string> Examples
    {
        get
        {
            var shortest = $"{Name} --dataset {(IsTabular ? "data.tsv" : "photos")}";
            yield return shortest;
            var columns = string.Concat(_scenario.Columns.Select(role => $" {role.Option} {role.Purpose}"));
            yield return $"{shortest}{columns} --train-time 1800 --name MyModel --web-api";
        }
    }

    private bool IsTabular => _scenario.Columns.Count > 0;

    /// <summary>What a command line asks for.</summary>
    /// <exception cref="InputException">It names a file, folder or device that cannot be used.</exception>
    public Job Job(ParseResult parsed)
    {
        var dataset = parsed.GetRequiredValue(_dataset);
        var job = new Job
        {
            Scenario = _scenario,
            DatasetPath = dataset,
            Name = _project.Name(parsed, dataset),
            ColumnNames = _columns.Select(column => (column.Purpose, Name: parsed.GetValue(column.Option)))
                .Where(column => column.Name is not null).ToDictionary(column => column.Purpose, column => column.Name!),
        };
        job = _tabular?.Apply(parsed, job) ?? job;
        job = _validation.Apply(parsed, job);
        job = _training.Apply(parsed, job);
        return _project.Apply(parsed, job);
    }

    private static Option<string> ColumnOption(ColumnRole role)
    {
        var option = new Option<string>(role.Option)
        {
            HelpName = "column",
            Description = $"The column with {role.Description}: its name, or its number from 0 where the file has no header. Inferred if not given.",
        };
        option.Validators.Add(OptionChecks.NotBlank);
        return option;
    }
}
