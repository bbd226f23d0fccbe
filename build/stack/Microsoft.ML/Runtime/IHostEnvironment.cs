namespace Microsoft.ML.Runtime;

/// <summary>Where components live: it names them, gives them randomness and carries their messages.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    IHost Register(string name, int? seed = null, bool? verbose = null);
}
