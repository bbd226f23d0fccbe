using System.CommandLine;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>The options on the project that is written.</summary>
internal sealed class ProjectOptions
{
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "folder",
        DefaultValueFactory = _ => ".",
        Description = "The folder in which the folder of the project is made.",
    };

    private readonly Option<string> _name = new("--name")
    {
        HelpName = "name",
        Description = "The name of the project, a C# identifier such as Reviews. If not given, it is made from the name of the data.",
    };

    private readonly Option<bool> _webApi = new("--web-api")
    {
        Description = "Makes the project a web API, with a page to try the model, health checks, metrics and a Dockerfile.",
    };

    private readonly Option<bool> _serve = new("--serve")
    {
        Description = "Makes the project a web API, and serves it as soon as it is written.",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Starts anew where a finished project of that name exists, and overwrites it.",
    };

    public ProjectOptions()
    {
        _output.Validators.Add(OptionChecks.NotBlank);
        _name.Validators.Add(OptionChecks.Text(given => ProjectName.WhyNot(given) is { } reason ? $"--name '{given}': {reason}" : null));
    }

    /// <summary>Makes them options of a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_name);
        command.Options.Add(_webApi);
        command.Options.Add(_serve);
        command.Options.Add(_force);
    }

    /// <summary>The name of the project.</summary>
    /// <exception cref="InputException">None was given, and none can be made from the name of the data.</exception>
    public string Name(ParseResult parsed, string dataset) => parsed.GetValue(_name) ?? ProjectName.From(dataset)
        ?? throw new InputException($"No name for the project can be made from '{dataset}': give one, such as --name Reviews.");

    /// <summary>The job with what they say.</summary>
    /// <exception cref="InputException">The output is a file.</exception>
    public Job Apply(ParseResult parsed, Job job)
    {
        var output = parsed.GetRequiredValue(_output);
        var serve = parsed.GetValue(_serve);
        job = job with { Output = output, WebApi = serve || parsed.GetValue(_webApi), Serve = serve, Force = parsed.GetValue(_force) };
        foreach (var folder in (string[])[output, job.ProjectFolder])
        {
            if (File.Exists(folder))
                throw new InputException($"{folder} is to be the folder of the project, and is a file: give another --output or --name.");
        }
        return job;
    }
}
