namespace Microsoft.ML.Internal;

/// <summary>A cursor that stands where another stands.</summary>
internal abstract class SynchronizedCursorBase : DataViewRowCursor
{
    private readonly DataViewRowCursor _root;
    private bool _disposed;

    protected SynchronizedCursorBase(IHost host, DataViewRowCursor input)
    {
        Host = host;
        Input = input;
        // Moving goes straight to the cursor that moves, however long the chain of stages is.
        _root = input is SynchronizedCursorBase synchronized ? synchronized._root : input;
    }

    public sealed override long Position => _root.Position;

    public sealed override long Batch => _root.Batch;

    protected IHost Host { get; }

    protected DataViewRowCursor Input { get; }

    public sealed override bool MoveNext() => _root.MoveNext();

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected virtual void DisposeCore()
    {
    }

    protected sealed override void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        DisposeCore();
        Input.Dispose();
        base.Dispose(disposing);
    }
}
