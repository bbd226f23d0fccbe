using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers;

/// <summary>Makes of each row's vector another, row by row and without a model.</summary>
/// <param name="input">The column that is read.</param>
/// <param name="output">The column that is added.</param>
/// <param name="map">What becomes of a vector.</param>
/// <param name="owner">The transformer, for errors after it was disposed.</param>
internal sealed class VectorMapScorer<T>(InputColumn input, OutputColumn output, Func<VBuffer<T>, float[]> map, Type owner) : RowScorer<float[], float[]>
{
    private bool disposed;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [input];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [output];

    public override int BatchTokens => Window;

    public override int Window => 32;

    public override Func<float[]> CreateReader(DataViewRow row)
    {
        var getter = row.GetGetter<VBuffer<T>>(input.In(row.Schema));
        VBuffer<T> vector = default;
        return () =>
        {
            getter(ref vector);
            return map(vector);
        };
    }

    public override int LengthOf(float[] row) => 1;

    public override ScoringSession<float[], float[]> Open() => new Session();

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) =>
    {
        var source = current();
        var editor = VBufferEditor.Create(ref target, source.Length);
        source.CopyTo(editor.Values);
        target = editor.Commit();
    });

    public override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, owner);

    public override void Dispose() => disposed = true;

    private sealed class Session : ScoringSession<float[], float[]>
    {
        public override float[][] Score(IReadOnlyList<float[]> rows) => [.. rows];

        public override void Dispose()
        {
        }
    }
}
