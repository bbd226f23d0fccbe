using System.CommandLine;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>The options on how a text file is read.</summary>
internal sealed class ColumnOptions
{
    private readonly Option<string[]> _ignored = new("--ignore-cols")
    {
        HelpName = "columns",
        AllowMultipleArgumentsPerToken = true,
        Description = "Columns that are not to be read, with spaces between them.",
    };

    private readonly Option<bool?> _hasHeader = new("--has-header")
    {
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "true|false",
        CustomParser = result => OptionChecks.Truth(result),
        Description = "Whether the first line has the names of the columns. Inferred if not given.",
    };

    public ColumnOptions() => _ignored.Validators.Add(OptionChecks.NotBlank);

    /// <summary>Makes them options of a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_ignored);
        command.Options.Add(_hasHeader);
    }

    /// <summary>The job with what they say.</summary>
    public Job Apply(ParseResult parsed, Job job) => job with
    {
        IgnoredColumns = parsed.GetValue(_ignored) ?? [],
        HasHeader = parsed.GetResult(_hasHeader) is { Implicit: false, Tokens.Count: 0 } ? true : parsed.GetValue(_hasHeader),
    };
}
