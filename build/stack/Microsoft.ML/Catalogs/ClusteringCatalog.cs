namespace Microsoft.ML;

/// <summary>Finding groups.</summary>
public sealed partial class ClusteringCatalog : TrainCatalogBase
{
    internal ClusteringCatalog(IHostEnvironment env)
        : base(env) => Trainers = new(this);

    public ClusteringTrainers Trainers { get; }

    /// <summary>Its trainers.</summary>
    public sealed class ClusteringTrainers : CatalogInstantiatorBase
    {
        internal ClusteringTrainers(ClusteringCatalog catalog)
            : base(catalog)
        {
        }
    }
}
