using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>Makes texts vectors, a batch of like lengths at a time.</summary>
internal sealed class FeaturizingScorer(FeatureColumns columns, SharedModel<FeaturizerModel>.Lease model, int batchTokens)
    : RowScorer<TokenSequence, TextFeatures>
{
    public override IReadOnlyList<InputColumn> Inputs { get; } = columns.Inputs();

    public override IReadOnlyList<OutputColumn> Outputs { get; } = columns.Outputs(model.Model.Config, model.Model.Head.Config.Width(model.Model.Config.OutputSize));

    public override int BatchTokens => batchTokens;

    public override int PassCost { get; } = LengthBatches.PassCostOn(model.Model.Model.Device);

    public override int Window { get; } = columns.Window(model.Model.Config, model.Model.MaxLength);

    public override Func<TokenSequence> CreateReader(DataViewRow row)
    {
        var readers = Inputs.Select(column => TextColumns.Reader(row, column.In(row.Schema))).ToArray();
        var featurizer = model.Model;
        return () => featurizer.Encode(readers[0](), readers.Length > 1 ? readers[1]() : null);
    }

    public override int LengthOf(TokenSequence row) => row.Length;

    public override ScoringSession<TokenSequence, TextFeatures> Open() => Open(Outputs);

    public override ScoringSession<TokenSequence, TextFeatures> Open(IReadOnlyList<OutputColumn> wanted)
    {
        bool Wants(string? name) => name is not null && wanted.Any(column => column.Name == name);
        return new FeaturizingSession(model.Share(), Wants(columns.Output), Wants(columns.TokenStates), Wants(columns.LayerStates), Wants(columns.Attentions));
    }

    public override Delegate CreateGetter(OutputColumn column, Func<TextFeatures> current)
    {
        Func<TextFeatures, float[]?> values = column.Name == columns.Output ? features => features.Vector
            : column.Name == columns.TokenStates ? features => features.TokenStates
            : column.Name == columns.LayerStates ? features => features.LayerStates
            : features => features.Attentions;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) =>
        {
            var source = values(current())!;
            var editor = VBufferEditor.Create(ref target, source.Length);
            source.CopyTo(editor.Values);
            target = editor.Commit();
        });
    }

    public override void ThrowIfDisposed() => _ = model.Model;

    public override void Dispose() => model.Dispose();
}
