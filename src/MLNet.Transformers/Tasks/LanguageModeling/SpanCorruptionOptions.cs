using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that learns a language by writing the spans that are missing from texts, as T5 does.</summary>
/// <remarks>As a stage it fills in texts with <c>&lt;extra_id_0&gt;</c>, <c>&lt;extra_id_1&gt;</c> and so on where spans are wanted.</remarks>
public sealed record SpanCorruptionOptions : TextGenerationOptions
{
    /// <summary>Defaults as in the paper, for a small model.</summary>
    public SpanCorruptionOptions() => Model = Transformer.Small;

    /// <summary>The text: in training to learn from, afterwards with the places of missing spans.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>Share of the tokens that are missing in training.</summary>
    public double Density { get; init; } = 0.15;

    /// <summary>Mean number of tokens of a missing span.</summary>
    public double MeanSpan { get; init; } = 3;

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    private SpanFilling Task => new(TextColumnName, GenerationSettings.Of(this), this);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Density);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Density, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MeanSpan, 1);
    }
}
