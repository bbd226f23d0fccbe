namespace Microsoft.ML.Internal;

/// <summary>The object that getters read from at the moment.</summary>
internal sealed class ObjectHolder<TRow>(IExceptionContext context)
    where TRow : class
{
    private TRow _current;

    public TRow Current
    {
        get => _current ?? throw CursorState.ExceptNoRow(context);
        set => _current = value;
    }
}
