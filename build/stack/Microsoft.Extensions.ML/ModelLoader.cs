using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ML;

/// <summary>Where a pool has its model from, and hears of a newer one.</summary>
public abstract class ModelLoader
{
    protected ModelLoader()
    {
    }

    public abstract IChangeToken GetReloadToken();

    public abstract ITransformer GetModel();

    private protected static InvalidOperationException NotStarted() => new("Start must be called on a ModelLoader before it can be used.");
}
