using System.Collections.Immutable;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Encodes texts, many rows in parallel.</summary>
internal sealed class TokenizingScorer(TokenizingOptions options, TransformerTokenizer tokenizer) : RowScorer<TextPair, EncodedText>
{
    private bool disposed;

    public override IReadOnlyList<InputColumn> Inputs => options.Inputs;

    public override IReadOnlyList<OutputColumn> Outputs { get; } = options.Outputs;

    /// <summary>Rows, since each counts as one.</summary>
    public override int BatchTokens => Window;

    public override Func<TextPair> CreateReader(DataViewRow row)
    {
        var readers = Inputs.Select(column => TextColumns.Reader(row, column.In(row.Schema))).ToArray();
        return () => new TextPair(readers[0](), readers.Length > 1 ? readers[1]() : null);
    }

    public override int LengthOf(TextPair row) => 1;

    public override ScoringSession<TextPair, EncodedText> Open() => new Session(tokenizer);

    public override Delegate CreateGetter(OutputColumn column, Func<EncodedText> current)
    {
        Func<EncodedText, ImmutableArray<int>> values = column.Name == options.TokenIdsColumnName ? text => text.Ids
            : column.Name == options.TypeIdsColumnName ? text => text.TypeIds
            : text => text.AttentionMask;
        return (ValueGetter<VBuffer<long>>)((ref VBuffer<long> target) =>
        {
            var source = values(current());
            var editor = VBufferEditor.Create(ref target, source.Length);
            for (var i = 0; i < source.Length; i++)
                editor.Values[i] = source[i];
            target = editor.Commit();
        });
    }

    public override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, typeof(TransformerTokenizingTransformer));

    public override void Dispose() => disposed = true;

    private sealed class Session(TransformerTokenizer tokenizer) : ScoringSession<TextPair, EncodedText>
    {
        public override EncodedText[] Score(IReadOnlyList<TextPair> rows)
        {
            var results = new EncodedText[rows.Count];
            if (rows.Count == 1)
                results[0] = tokenizer.Encode(rows[0].Text, rows[0].Pair);
            else
                Parallel.For(0, rows.Count, index => results[index] = tokenizer.Encode(rows[index].Text, rows[index].Pair));
            return results;
        }

        public override void Dispose()
        {
        }
    }
}

/// <summary>One or two texts.</summary>
internal readonly record struct TextPair(string Text, string? Pair);
