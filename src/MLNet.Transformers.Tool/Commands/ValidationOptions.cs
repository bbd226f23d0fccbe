using System.CommandLine;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>The options on what models are measured on.</summary>
internal sealed class ValidationOptions
{
    private readonly Option<string> _dataset = new("--validation-dataset")
    {
        HelpName = "path",
        Description = "Data to measure on, like those of --dataset. If not given, a part of those is kept out of training for it.",
    };

    private readonly Option<double> _splitRatio = new("--split-ratio")
    {
        HelpName = "share",
        CustomParser = result => OptionChecks.Number<double>(result, share => share is > 0 and < 1, "a number between 0 and 1, such as 0.2"),
        DefaultValueFactory = _ => 0.2,
        Description = "The share of the rows that is kept out of training to measure on, between 0 and 1.",
    };

    private readonly Option<int?> _folds = new("--cv-fold")
    {
        HelpName = "folds",
        CustomParser = result => OptionChecks.Number<int>(result, folds => folds >= 2, "a whole number of at least 2"),
        Description = "Measures on each of so many parts of the rows, trained on all others (cross-validation), at least 2. Takes as many times as long.",
    };

    public ValidationOptions() => _dataset.Validators.Add(OptionChecks.NotBlank);

    /// <summary>Makes them options of a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_dataset);
        command.Options.Add(_splitRatio);
        command.Options.Add(_folds);
        Option[] ways = [_dataset, _splitRatio, _folds];
        command.Validators.Add(result =>
        {
            var given = ways.Where(way => result.GetResult(way) is { Implicit: false }).Select(way => way.Name).ToArray();
            if (given.Length > 1)
                result.AddError($"{string.Join(" and ", given)} exclude each other: give one of them.");
        });
    }

    /// <summary>The job with what they say.</summary>
    public Job Apply(ParseResult parsed, Job job) => job with
    {
        ValidationPath = parsed.GetValue(_dataset),
        SplitRatio = parsed.GetValue(_splitRatio),
        Folds = parsed.GetValue(_folds),
    };
}
