using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>The columns of a featurizer: names, and null for outputs that nobody wants.</summary>
internal sealed record FeatureColumns(string Text, string? TextPair, string Output, string? TokenStates, string? LayerStates, string? Attentions)
{
    /// <summary>How many numbers all rows that are read ahead may have together: 256 MB.</summary>
    private const long NumbersAhead = 64 << 20;

    public static FeatureColumns Of(FeaturizingOptions options) => new(
        options.TextColumnName, options.TextPairColumnName, options.OutputColumnName,
        options.TokenStatesColumnName, options.LayerStatesColumnName, options.AttentionsColumnName);

    public IReadOnlyList<InputColumn> Inputs() => TextPair is null
        ? [new(Text, ColumnShape.Text)]
        : [new(Text, ColumnShape.Text), new(TextPair, ColumnShape.Text)];

    /// <summary>The outputs, each with its shape; 0 stands for the number of tokens, which differs from row to row.</summary>
    public IReadOnlyList<OutputColumn> Outputs(TextConfig config, int width)
    {
        var columns = new List<OutputColumn> { Column(Output, width) };
        if (TokenStates is not null)
            columns.Add(Column(TokenStates, 0, config.OutputSize));
        if (LayerStates is not null)
            columns.Add(Column(LayerStates, config.Layers + 1, 0, config.HiddenSize));
        if (Attentions is not null)
            columns.Add(Column(Attentions, config.Layers, config.Heads, 0, 0));
        return columns;
    }

    /// <summary>How many rows may be read ahead when each is as long as can be.</summary>
    public int Window(TextConfig config, int maxLength)
    {
        var numbers = (TokenStates is null ? 0L : (long)maxLength * config.OutputSize)
            + (LayerStates is null ? 0L : (config.Layers + 1L) * maxLength * config.HiddenSize)
            + (Attentions is null ? 0L : (long)config.Layers * config.Heads * maxLength * maxLength);
        return (int)Math.Clamp(NumbersAhead / Math.Max(1, numbers), 1, 2048);
    }

    private static OutputColumn Column(string name, params int[] dimensions) =>
        new(name, new VectorDataViewType(NumberDataViewType.Single, dimensions), DataViewSchema.Annotations.Empty);
}
