namespace Microsoft.ML;

/// <summary>Putting the rows of a group in order.</summary>
public sealed partial class RankingCatalog : TrainCatalogBase
{
    internal RankingCatalog(IHostEnvironment env)
        : base(env) => Trainers = new(this);

    public RankingTrainers Trainers { get; }

    /// <summary>Its trainers.</summary>
    public sealed class RankingTrainers : CatalogInstantiatorBase
    {
        internal RankingTrainers(RankingCatalog catalog)
            : base(catalog)
        {
        }
    }
}
