namespace Microsoft.ML.Transforms;

/// <summary>How the values of one column become keys.</summary>
internal sealed record ValueToKeyColumn(
    string OutputColumnName,
    string InputColumnName,
    int MaximumNumberOfKeys,
    ValueToKeyMappingEstimator.KeyOrdinality KeyOrdinality,
    bool ValuesAsText);
