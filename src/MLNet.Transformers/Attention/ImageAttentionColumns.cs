using System.Text.Json.Serialization;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>The columns of a stage that extracts attention from images, and what it does: all of it that is saved.</summary>
internal sealed record ImageAttentionColumns(string ImageName, string Output, AttentionRollout? Rollout)
{
    /// <summary>How many numbers the rows of one batch, and all rows that are read ahead, may have together: 256 MB.</summary>
    private const long MostNumbers = 64 << 20;

    [JsonIgnore]
    public ImageColumn Image => new(ImageName);

    /// <summary>The output before the number of tokens is known: what is promised tells that there is one size, and not which.</summary>
    public OutputColumn Promised(ImageConfig config)
    {
        SizesOf(config);
        return Column([1]);
    }

    /// <summary>The output of a model.</summary>
    public OutputColumn OutputOf(ImageTaskModel model) => Column(ShapeOf(model));

    /// <summary>How many rows may be read ahead.</summary>
    public int Window(ImageTaskModel model) => RowsOf(ShapeOf(model));

    /// <summary>How many images may go through the model together: their weights in all layers are in memory at once.</summary>
    public int BatchSize(ImageTaskModel model) => RowsOf((this with { Rollout = null }).ShapeOf(model));

    /// <summary>Number of layers and heads, each of which looks at the whole image.</summary>
    /// <exception cref="NotSupportedException">The family's layers look within windows.</exception>
    public static (int Layers, int Heads) SizesOf(ImageConfig config) => config switch
    {
        ImageEncoderConfig encoder => (encoder.Layers, encoder.Heads),
        ClipVisionConfig tower => (tower.Layers, tower.Heads),
        _ => throw new NotSupportedException($"Models of the family '{config.ModelType}' look within windows of patches, layer by layer anew: they have no attention of each patch over the whole image."),
    };

    private static int RowsOf(int[] shape) => (int)Math.Clamp(MostNumbers / shape.Aggregate(1L, (product, size) => product * size), 1, 2048);

    private int[] ShapeOf(ImageTaskModel model)
    {
        var tokens = checked((int)(model.Network.Backbone.PrefixTokens + model.Grid.Count));
        var (layers, heads) = SizesOf(model.Network.Config);
        return Rollout is null ? [layers, heads, tokens, tokens] : [tokens, tokens];
    }

    private OutputColumn Column(int[] shape) => new(Output, new VectorDataViewType(NumberDataViewType.Single, shape), DataViewSchema.Annotations.Empty);
}
