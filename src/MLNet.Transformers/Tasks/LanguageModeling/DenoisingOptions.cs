using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that learns a language by restoring spoilt texts, as BART does.</summary>
/// <remarks>As a stage it restores texts, such as those with the tokenizer's mask token where something is missing.</remarks>
public sealed record DenoisingOptions : TextGenerationOptions
{
    /// <summary>Defaults as in the paper, for a small model.</summary>
    public DenoisingOptions() => Model = Transformer.Small;

    /// <summary>The text: in training as it should be, afterwards to restore.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>Share of the tokens in training whose spans are replaced by one mask each.</summary>
    public double InfilledShare { get; init; } = 0.3;

    /// <summary>Mean number of tokens of those spans, which may have none.</summary>
    public double MeanSpan { get; init; } = 3;

    /// <summary>Whether sentences change places.</summary>
    public bool PermutesSentences { get; init; } = true;

    /// <summary>Probability with which a token is replaced by a mask of its own.</summary>
    public double MaskedShare { get; init; }

    /// <summary>Probability with which a token is left out.</summary>
    public double DeletedShare { get; init; }

    /// <summary>Probability with which a text begins in its midst, and what stood before comes after its end.</summary>
    public double RotatedShare { get; init; }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    private TextRestoring Task => new(TextColumnName, GenerationSettings.Of(this), this);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MeanSpan);
        RequireShare(InfilledShare, nameof(InfilledShare));
        RequireShare(MaskedShare, nameof(MaskedShare));
        RequireShare(DeletedShare, nameof(DeletedShare));
        RequireShare(RotatedShare, nameof(RotatedShare));
    }

    private static void RequireShare(double share, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1, name);
    }
}
