using System.CommandLine;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>The options on how models are trained.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<int> _trainTime = new("--train-time", "-t")
    {
        HelpName = "seconds",
        CustomParser = result => OptionChecks.Number<int>(result, seconds => seconds > 0, "a whole number of seconds greater than 0"),
        DefaultValueFactory = _ => 600,
        Description = "How long to search for the best model and train it.",
    };

    private readonly Option<string> _model = new("--model")
    {
        HelpName = "folder",
        Description = "A folder in the format of Hugging Face (config.json, model.safetensors, tokenizer.json) whose model is trained further. If not given, models start from nothing.",
    };

    private readonly Option<string> _device = new("--device")
    {
        HelpName = "cpu|cuda:0|auto",
        DefaultValueFactory = _ => "auto",
        Description = "What to compute on: the processor, a CUDA device by its number, or (auto) a CUDA device where there is one.",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        HelpName = "number",
        CustomParser = result => OptionChecks.Number<int>(result, _ => true, "a whole number"),
        DefaultValueFactory = _ => 1,
        Description = "Decides what is drawn at random: the rows kept out of training, the trials, the first weights. The same seed gives the same model.",
    };

    private readonly Option<string> _log = new("--log-file-path")
    {
        HelpName = "file",
        Description = "A file to which a log is appended, with the details of errors.",
    };

    public TrainingOptions()
    {
        _model.Validators.Add(OptionChecks.NotBlank);
        _log.Validators.Add(OptionChecks.NotBlank);
        _device.Validators.Add(OptionChecks.Text(given => Device.Parse(given) is null
            ? $"--device must be cpu, cuda:0 (or another number) or auto, and is '{given}'."
            : null));
    }

    /// <summary>Makes them options of a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_trainTime);
        command.Options.Add(_model);
        command.Options.Add(_device);
        command.Options.Add(_seed);
        command.Options.Add(_log);
    }

    /// <summary>The job with what they say.</summary>
    /// <exception cref="InputException">There is no such model or device.</exception>
    public Job Apply(ParseResult parsed, Job job) => job with
    {
        LogFilePath = parsed.GetValue(_log),
        PretrainedFolder = ModelFolder(parsed.GetValue(_model)),
        TrainTime = TimeSpan.FromSeconds(parsed.GetValue(_trainTime)),
        Seed = parsed.GetValue(_seed),
        GpuDeviceId = Device.Parse(parsed.GetRequiredValue(_device))?.GpuDeviceId(),
    };

    private static string? ModelFolder(string? folder)
    {
        if (folder is null)
            return null;
        if (!Directory.Exists(folder))
            throw new InputException($"--model {folder}: there is no such folder.");
        if (!File.Exists(Path.Combine(folder, "config.json")))
            throw new InputException($"--model {folder}: the folder has no config.json, so it is not a model in the format of Hugging Face.");
        return folder;
    }
}
