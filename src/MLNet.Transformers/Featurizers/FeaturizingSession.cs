using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers;

/// <summary>One owner's use of a featurizer: computes what that owner wants and no more.</summary>
internal sealed class FeaturizingSession(
    SharedModel<FeaturizerModel>.Lease model, bool wantsVector, bool wantsTokens, bool wantsLayers, bool wantsAttentions)
    : ScoringSession<TokenSequence, TextFeatures>
{
    private readonly bool wantsTrace = wantsLayers || wantsAttentions;

    public override TextFeatures[] Score(IReadOnlyList<TokenSequence> rows)
    {
        var features = new TextFeatures[rows.Count];
        var present = Enumerable.Range(0, rows.Count).Where(row => rows[row].Length > 0).ToArray();
        foreach (var row in Enumerable.Range(0, rows.Count).Except(present))
            features[row] = OfNothing();
        if (present.Length > 0)
            foreach (var (row, found) in present.Zip(Features([.. present.Select(row => rows[row])])))
                features[row] = found;
        return features;
    }

    public override void Dispose() => model.Dispose();

    private TextFeatures[] Features(TokenSequence[] rows)
    {
        var network = model.Model.Model.Network;
        TransformerMetrics.CountRead(rows);
        using var frozen = inference_mode();
        using var batch = TokenBatch.Pad(rows, network.Config.PaddingId, device: model.Model.Model.Device);
        using var trace = wantsTrace ? new LayerTrace(wantsLayers, wantsAttentions) : null;
        using var hidden = network.Backbone.forward(batch, trace);
        var vectors = wantsVector ? Vectors(network, hidden, batch) : null;
        var tokens = wantsTokens ? Each(rows, hidden, 0) : null;
        var layers = wantsLayers ? Stacked(rows, trace!.States, 0) : null;
        var attentions = wantsAttentions ? Stacked(rows, RequireAttentions(trace!, network), 1, 2) : null;
        return [.. rows.Select((_, row) => new TextFeatures(vectors?[row], tokens?[row], layers?[row], attentions?[row]))];
    }

    private static float[][] Vectors(TextModel network, Tensor hidden, TokenBatch batch)
    {
        using var vectors = network.Head.call(hidden, batch);
        return [.. Values(vectors).Chunk((int)vectors.size(1))];
    }

    /// <summary>The part of each row that belongs to tokens: these dimensions of a row are cut to its length.</summary>
    private static float[][] Each(TokenSequence[] rows, Tensor values, params int[] cut) =>
        [.. rows.Select((row, index) =>
        {
            using var scope = NewDisposeScope();
            return Values(cut.Aggregate(values[index], (part, dimension) => part.narrow(dimension, 0, row.Length)));
        })];

    /// <summary>The same of one tensor a layer, the layers of each row one after another.</summary>
    private static float[][] Stacked(TokenSequence[] rows, IReadOnlyList<Tensor> layers, params int[] cut)
    {
        var parts = layers.Select(layer => Each(rows, layer, cut)).ToArray();
        return [.. rows.Select((_, row) => parts.SelectMany(layer => layer[row]).ToArray())];
    }

    private static IReadOnlyList<Tensor> RequireAttentions(LayerTrace trace, TextModel network) => trace.Attentions.Count == network.Config.Layers
        ? trace.Attentions
        : throw new NotSupportedException($"Models of the family '{network.Config.ModelType}' do not tell the attention weights of each layer.");

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>A text without a single token, which some tokenizers make of an empty one, has no features.</summary>
    private TextFeatures OfNothing()
    {
        var featurizer = model.Model;
        return new(new float[featurizer.Head.Config.Width(featurizer.Config.OutputSize)], [], [], []);
    }
}
