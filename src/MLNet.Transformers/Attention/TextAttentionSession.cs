using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers;

/// <summary>One owner's use of a model for its attention; the model is not run where only the tokens are wanted.</summary>
internal sealed class TextAttentionSession(TextAttentionColumns columns, SharedModel<TextTaskModel>.Lease model, bool wantsWeights)
    : ScoringSession<AttentiveText, TextAttention>
{
    public override TextAttention[] Score(IReadOnlyList<AttentiveText> rows)
    {
        var weights = wantsWeights ? Weights(rows) : null;
        return [.. rows.Select((row, index) => new TextAttention(weights?[index], columns.Side == AttentionSide.Target ? row.TargetTokens : row.SourceTokens, row.TargetTokens))];
    }

    public override void Dispose() => model.Dispose();

    /// <summary>A text without a single token, which some tokenizers make of an empty one, has no attention.</summary>
    private float[][] Weights(IReadOnlyList<AttentiveText> rows)
    {
        var weights = new float[rows.Count][];
        Array.Fill(weights, []);
        var present = Enumerable.Range(0, rows.Count).Where(row => rows[row].Source.Length > 0).ToArray();
        if (present.Length > 0)
            foreach (var (row, found) in present.Zip(Trace([.. present.Select(row => rows[row])])))
                weights[row] = found;
        return weights;
    }

    private float[][] Trace(AttentiveText[] rows)
    {
        using var frozen = inference_mode();
        using var trace = new LayerTrace(keepsStates: false, keepsAttentions: true);
        Read(rows, trace);
        var layers = columns.Side == AttentionSide.TargetToSource ? trace.SourceAttentions : trace.Attentions;
        var config = model.Model.Network.Config;
        if (layers.Count != columns.SizesOf(config).Layers)
            throw new NotSupportedException($"Models of the family '{config.ModelType}' do not tell the attention weights of each layer.");
        return [.. rows.Select((row, index) => Own(layers, row, index))];
    }

    private void Read(AttentiveText[] rows, LayerTrace trace)
    {
        var network = model.Model.Network;
        using var source = Pad([.. rows.Select(row => row.Source)]);
        if (columns.Side == AttentionSide.Source)
        {
            if (network.Backbone is EncoderDecoder pair)
                pair.Encode(source, trace).Dispose();
            else
                network.Backbone.forward(source, trace).Dispose();
            return;
        }
        using var states = ((EncoderDecoder)network.Backbone).Encode(source);
        using var target = Pad([.. rows.Select(row => row.Target!)]).From(states);
        network.Backbone.forward(target, trace).Dispose();
    }

    private TokenBatch Pad(TokenSequence[] sequences)
    {
        TransformerMetrics.CountRead(sequences);
        return TokenBatch.Pad(sequences, model.Model.Network.Config.PaddingId, device: model.Model.Device);
    }

    /// <summary>A row's weights without padding: those of all layers, or rolled out.</summary>
    private float[] Own(IReadOnlyList<Tensor> layers, AttentiveText row, int index)
    {
        var queries = columns.Side == AttentionSide.Source ? row.Source.Length : row.Target!.Length;
        var keys = columns.Side == AttentionSide.Target ? queries : row.Source.Length;
        return AttentionRow.Read([.. layers.Select(layer => layer[index].narrow(1, 0, queries).narrow(2, 0, keys))], columns.Rollout);
    }
}
