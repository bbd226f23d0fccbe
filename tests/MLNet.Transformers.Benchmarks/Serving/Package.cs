using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>A row of the samples' packages.</summary>
internal sealed class Package
{
    [LoadColumn(1)]
    public string Section { get; set; } = "";

    [LoadColumn(2)]
    public string Summary { get; set; } = "";
}

/// <summary>Where a model would file a package.</summary>
internal class Filing
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}

/// <summary>The same, from batches of one row.</summary>
internal sealed class SingleFiling : Filing
{
}
