using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that gives a text, or a pair of texts, a number.</summary>
public sealed record TextRegressionOptions : TextFineTuningOptions
{
    /// <summary>The number of each row, a Single. Its unit does not matter: training brings it to mean 0 and deviation 1, and the answers back.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>A second text, read after the first; null for none.</summary>
    public string? TextPairColumnName { get; init; }

    /// <summary>The name of the output, a Single.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The least number there is: answers are never below it, and labels may not be; null for none.</summary>
    public float? MinimumScore { get; init; }

    /// <summary>The greatest number there is: answers are never above it, and labels may not be; null for none.</summary>
    public float? MaximumScore { get; init; }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => published.LabelNames is { Count: 1 }
        ? Task
        : throw new InvalidDataException($"The model's config names {published.LabelNames?.Count ?? 0} labels (id2label); a model that gives a number has one.");

    private TextRegression Task => new(new(new(TextColumnName, TextPairColumnName), LabelColumnName, ScoreColumnName, MinimumScore, MaximumScore));

    internal override void Require()
    {
        base.Require();
        if (MinimumScore >= MaximumScore)
            throw new ArgumentException($"{nameof(MinimumScore)} is {MinimumScore} and {nameof(MaximumScore)} {MaximumScore}: there is nothing between them.");
    }
}
