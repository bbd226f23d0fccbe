using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>The columns of a stage that extracts attention from texts, and what it does: all of it that is saved.</summary>
internal sealed record TextAttentionColumns(
    string Text, string? TextPair, string? Target, string Output, string? Tokens, string? TargetTokens, AttentionSide Side, AttentionRollout? Rollout)
{
    /// <summary>How many numbers the rows of one batch, and all rows that are read ahead, may have together: 256 MB.</summary>
    private const long MostNumbers = 64 << 20;

    public static TextAttentionColumns Of(TextAttentionOptions options) => new(
        options.TextColumnName, options.TextPairColumnName, options.TargetColumnName, options.OutputColumnName, options.TokensColumnName,
        options.Side == AttentionSide.TargetToSource ? options.TargetTokensColumnName : null, options.Side, options.Rollout);

    public IReadOnlyList<InputColumn> Inputs() =>
        [.. new[] { Text, TextPair, Target }.OfType<string>().Select(name => new InputColumn(name, ColumnShape.Text))];

    /// <summary>The outputs, each with its shape; 0 stands for the number of tokens, which differs from row to row.</summary>
    /// <exception cref="NotSupportedException">The model has no decoder, and its attention is asked for.</exception>
    public IReadOnlyList<OutputColumn> Outputs(TextConfig config)
    {
        var (layers, heads) = SizesOf(config);
        int[] dimensions = Rollout is null ? [layers, heads, 0, 0] : [0, 0];
        var columns = new List<OutputColumn> { new(Output, new VectorDataViewType(NumberDataViewType.Single, dimensions), DataViewSchema.Annotations.Empty) };
        foreach (var name in new[] { Tokens, TargetTokens }.OfType<string>())
            columns.Add(new(name, new VectorDataViewType(TextDataViewType.Instance), DataViewSchema.Annotations.Empty));
        return columns;
    }

    /// <summary>How many rows may be read ahead when each is as long as can be.</summary>
    public int Window(TextConfig config, int maxLength)
    {
        var (layers, heads) = SizesOf(config);
        var numbers = (Rollout is null ? (long)layers * heads : 1) * maxLength * maxLength;
        return (int)Math.Clamp(MostNumbers / Math.Max(1, numbers), 1, 2048);
    }

    /// <summary>How many tokens of rows as long as can be may go through the model together: their weights in all layers are in memory at once.</summary>
    public int BatchTokens(TextConfig config, int maxLength)
    {
        var (layers, heads) = SizesOf(config);
        return (int)Math.Clamp(MostNumbers / ((long)layers * heads * maxLength), 1, int.MaxValue);
    }

    /// <summary>Number of layers and heads on the side that is asked for.</summary>
    /// <exception cref="NotSupportedException">The model has no decoder, and its attention is asked for.</exception>
    public (int Layers, int Heads) SizesOf(TextConfig config) => (Side, config) switch
    {
        (AttentionSide.Source, _) => (config.Layers, config.Heads),
        (_, { IsEncoderDecoder: false }) => throw new NotSupportedException($"Models of the family '{config.ModelType}' have no {Side} attention: they are not encoder-decoders."),
        (_, EncoderDecoderConfig sides) => (sides.DecoderLayers, sides.DecoderHeads),
        (_, TransformerConfig sides) => (sides.DecoderLayers, sides.Heads),
        (_, T5Config sides) => (sides.DecoderLayers ?? sides.Layers, sides.Heads),
        _ => throw new NotSupportedException($"What layers the decoder of a model of the family '{config.ModelType}' has is unknown."),
    };
}
