using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Decodes token ids, row by row.</summary>
internal sealed class TokenDecodingScorer(TokenDecodingColumns columns, TransformerTokenizer tokenizer) : RowScorer<int[], string>
{
    private bool disposed;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Input];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [columns.Output];

    /// <summary>Rows, since each counts as one.</summary>
    public override int BatchTokens => Window;

    /// <exception cref="OverflowException">An id is no 32-bit number.</exception>
    public override Func<int[]> CreateReader(DataViewRow row)
    {
        var getter = row.GetGetter<VBuffer<long>>(columns.Input.In(row.Schema));
        VBuffer<long> ids = default;
        return () =>
        {
            getter(ref ids);
            return [.. ids.DenseValues().Select(id => checked((int)id))];
        };
    }

    public override int LengthOf(int[] row) => 1;

    public override ScoringSession<int[], string> Open() => new Session(columns, tokenizer);

    public override Delegate CreateGetter(OutputColumn column, Func<string> current) =>
        (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> target) => target = current().AsMemory());

    public override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, typeof(TokenDecodingTransformer));

    public override void Dispose() => disposed = true;

    private sealed class Session(TokenDecodingColumns columns, TransformerTokenizer tokenizer) : ScoringSession<int[], string>
    {
        public override string[] Score(IReadOnlyList<int[]> rows) => [.. rows.Select(ids => tokenizer.Decode(ids, columns.SkipSpecialTokens))];

        public override void Dispose()
        {
        }
    }
}
