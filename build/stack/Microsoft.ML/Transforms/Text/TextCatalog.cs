using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML;

/// <summary>The stages that work on text.</summary>
public static partial class TextCatalog
{
    /// <summary>Turns vectors of keys into vectors of n-gram weights.</summary>
    public static NgramExtractingEstimator ProduceNgrams(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximumNgramsCount = NgramColumn.DefaultMaximum,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        new(catalog.GetEnvironment(),
            new NgramColumn(outputColumnName, inputColumnName, ngramLength, skipLength, useAllLengths, weighting, maximumNgramsCount));
}
