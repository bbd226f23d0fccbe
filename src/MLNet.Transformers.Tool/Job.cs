using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool;

/// <summary>All that a command line asks for.</summary>
internal sealed record Job
{
    /// <summary>What is to be learnt.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The file or folder to learn from.</summary>
    public required string DatasetPath { get; init; }

    /// <summary>The columns that the user named, by what they are for: a name or, without a header, a number from 0.</summary>
    public IReadOnlyDictionary<ColumnPurpose, string> ColumnNames { get; init; } = new Dictionary<ColumnPurpose, string>();

    /// <summary>Columns that are not to be read.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>Whether the first line has the names of the columns; null to infer it.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>A file or folder to measure on; null to keep rows out of training.</summary>
    public string? ValidationPath { get; init; }

    /// <summary>Share of the rows that is kept out of training to measure on, where there is no <see cref="ValidationPath"/> and there are no <see cref="Folds"/>.</summary>
    public double SplitRatio { get; init; } = 0.2;

    /// <summary>Number of folds of the cross-validation; null for none.</summary>
    public int? Folds { get; init; }

    /// <summary>How long to search and train.</summary>
    public TimeSpan TrainTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The folder in which the folder of the project is made.</summary>
    public string Output { get; init; } = ".";

    /// <summary>The name of the project, a C# identifier.</summary>
    public required string Name { get; init; }

    /// <summary>The CUDA device; null for the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Where to write a log, or null.</summary>
    public string? LogFilePath { get; init; }

    /// <summary>The Hugging Face folder that training starts from; null for from scratch.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>Decides the split, the trials, the random weights and the shuffles.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether the project is a web API.</summary>
    public bool WebApi { get; init; }

    /// <summary>Whether that is served as soon as it is written.</summary>
    public bool Serve { get; init; }

    /// <summary>Whether a finished project of that name is written anew.</summary>
    public bool Force { get; init; }

    /// <summary>The folder of the project.</summary>
    public string ProjectFolder => Path.Combine(Output, Name);
}
