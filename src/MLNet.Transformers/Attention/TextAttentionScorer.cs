using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Extracts attention from texts, a batch of like lengths at a time.</summary>
internal sealed class TextAttentionScorer(
    TextAttentionColumns columns, SharedModel<TextTaskModel>.Lease model, TextAttentionReader reader, int batchTokens)
    : RowScorer<AttentiveText, TextAttention>
{
    public override IReadOnlyList<InputColumn> Inputs { get; } = columns.Inputs();

    public override IReadOnlyList<OutputColumn> Outputs { get; } = columns.Outputs(model.Model.Network.Config);

    public override int BatchTokens { get; } = Math.Min(batchTokens, columns.BatchTokens(model.Model.Network.Config, reader.MaxLength));

    public override int Window { get; } = columns.Window(model.Model.Network.Config, reader.MaxLength);

    public override Func<AttentiveText> CreateReader(DataViewRow row)
    {
        Func<string>? Reader(string? name) => name is null ? null : TextColumns.Reader(row, row.Schema[name]);
        var (text, pair, target) = (Reader(columns.Text)!, Reader(columns.TextPair), Reader(columns.Target));
        return () => reader.Read(text(), pair?.Invoke(), target?.Invoke());
    }

    public override int LengthOf(AttentiveText row) => Math.Max(row.Source.Length, row.Target?.Length ?? 0);

    public override ScoringSession<AttentiveText, TextAttention> Open() => Open(Outputs);

    public override ScoringSession<AttentiveText, TextAttention> Open(IReadOnlyList<OutputColumn> wanted) =>
        new TextAttentionSession(columns, model.Share(), wanted.Any(column => column.Name == columns.Output));

    public override Delegate CreateGetter(OutputColumn column, Func<TextAttention> current)
    {
        if (column.Name == columns.Output)
            return VectorGetter.Of(() => current().Weights!);
        Func<TextAttention, string[]> texts = column.Name == columns.Tokens ? row => row.Keys : row => row.Queries;
        return VectorGetter.Of(() => Array.ConvertAll(texts(current()), text => text.AsMemory()));
    }

    public override void ThrowIfDisposed() => _ = model.Model;

    public override void Dispose() => model.Dispose();
}
