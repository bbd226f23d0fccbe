using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ML;

/// <summary>Tells once that there is a newer model.</summary>
public class ModelReloadToken : IChangeToken
{
    private readonly CancellationTokenSource _reloaded = new();

    public ModelReloadToken()
    {
    }

    public bool ActiveChangeCallbacks => true;

    public bool HasChanged => _reloaded.IsCancellationRequested;

    public IDisposable RegisterChangeCallback(Action<object> callback, object state) => _reloaded.Token.Register(callback, state);

    public void OnReload() => _reloaded.Cancel();
}
