using Microsoft.ML.Data;

namespace PackageSections;

/// <summary>One row of debian-packages.tsv.</summary>
public sealed class Package
{
    [LoadColumn(0)]
    public string Split { get; set; } = "";

    [LoadColumn(1)]
    public string Section { get; set; } = "";

    [LoadColumn(2)]
    public string Summary { get; set; } = "";

    [LoadColumn(3)]
    public string Description { get; set; } = "";
}

/// <summary>Where a model would file a package.</summary>
public sealed class Filing
{
    [ColumnName("PredictedLabel")]
    public string Section { get; set; } = "";

    public float[] Score { get; set; } = [];
}
