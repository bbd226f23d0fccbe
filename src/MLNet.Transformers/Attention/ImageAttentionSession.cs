using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using static TorchSharp.torch;

namespace MLNet.Transformers;

/// <summary>One owner's use of a model for its attention.</summary>
internal sealed class ImageAttentionSession(ImageAttentionColumns columns, SharedModel<ImageTaskModel>.Lease model, ImageProcessor processor)
    : ScoringSession<Func<PixelImage>, float[]>
{
    public override float[][] Score(IReadOnlyList<Func<PixelImage>> rows)
    {
        TransformerMetrics.CountImages(rows.Count);
        using var frozen = inference_mode();
        var network = model.Model.Network;
        using var batch = processor.Batch(rows, model.Model.Device);
        using var trace = new LayerTrace(keepsStates: false, keepsAttentions: true);
        network.Backbone.forward(batch, trace).Dispose();
        if (trace.Attentions.Count != ImageAttentionColumns.SizesOf(network.Config).Layers)
            throw new NotSupportedException($"Models of the family '{network.Config.ModelType}' do not tell the attention weights of each layer.");
        return [.. rows.Select((_, row) => AttentionRow.Read([.. trace.Attentions.Select(layer => layer[row])], columns.Rollout))];
    }

    public override void Dispose() => model.Dispose();
}
