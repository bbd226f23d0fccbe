using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

/// <summary>One fitted model of each stage, for the tests that leave it as it is.</summary>
public sealed class FittedStages : IDisposable
{
    private readonly MLContext mlContext = new(seed: 1);
    private readonly Dictionary<string, ITransformer> models = [];

    /// <summary>The rows that the stages are fitted to, with columns of the types that they read.</summary>
    public static IDataView Data(MLContext mlContext)
    {
        var rows = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        return mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.Transforms.Conversion.MapKeyToVector("Number", "Label"))
            .Append(mlContext.Transforms.Conversion.ConvertType("Truth", "Words", DataKind.Boolean))
            .Fit(rows)
            .Transform(rows);
    }

    public ITransformer Model(StageCase stage) =>
        models.TryGetValue(stage.Name, out var model) ? model : models[stage.Name] = stage.Estimator(mlContext).Fit(Data(mlContext));

    public void Dispose()
    {
        foreach (var model in models.Values)
            (model as IDisposable)?.Dispose();
    }
}
