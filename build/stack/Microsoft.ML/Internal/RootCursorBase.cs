namespace Microsoft.ML.Internal;

/// <summary>A cursor that moves by itself; past the last row it is disposed.</summary>
internal abstract class RootCursorBase(IHost host) : DataViewRowCursor
{
    private long _position = -1;
    private bool _disposed;

    public sealed override long Position => _position;

    protected IHost Host { get; } = host;

    protected bool IsGood => _position >= 0;

    public sealed override bool MoveNext()
    {
        if (_disposed)
            return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }

        Dispose();
        return false;
    }

    protected abstract bool MoveNextCore();

    protected virtual void DisposeCore()
    {
    }

    protected sealed override void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        _position = -1;
        DisposeCore();
        base.Dispose(disposing);
    }
}
