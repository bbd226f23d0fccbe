namespace Microsoft.Extensions.ML;

/// <summary>Where the engines of a name have their model from.</summary>
public class PredictionEnginePoolOptions<TData, TPrediction>
    where TData : class
    where TPrediction : class, new()
{
    public PredictionEnginePoolOptions()
    {
    }

    public ModelLoader ModelLoader { get; set; }
}
