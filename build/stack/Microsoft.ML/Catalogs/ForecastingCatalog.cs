namespace Microsoft.ML;

/// <summary>Predicting what comes next in a series.</summary>
public sealed partial class ForecastingCatalog : TrainCatalogBase
{
    internal ForecastingCatalog(IHostEnvironment env)
        : base(env) => Trainers = new(this);

    public Forecasters Trainers { get; }

    /// <summary>Its trainers.</summary>
    public sealed class Forecasters : CatalogInstantiatorBase
    {
        internal Forecasters(ForecastingCatalog catalog)
            : base(catalog)
        {
        }
    }
}
