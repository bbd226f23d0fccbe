namespace Microsoft.ML;

/// <summary>What the catalogs of the tasks have in common.</summary>
public abstract partial class TrainCatalogBase : IInternalCatalog
{
    private protected readonly IHostEnvironment Environment;

    private protected TrainCatalogBase(IHostEnvironment env) => Environment = Contracts.CheckValue(env, nameof(env));

    IHostEnvironment IInternalCatalog.Environment => Environment;

    /// <summary>A list of trainers.</summary>
    public abstract class CatalogInstantiatorBase : IInternalCatalog
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase catalog) => Owner = catalog;

        IHostEnvironment IInternalCatalog.Environment => Owner.GetEnvironment();

        private protected TrainCatalogBase Owner { get; }
    }
}
