using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML;

public static partial class TextCatalog
{
    /// <summary>Turns text into one vector of the weights of its n-grams of words and of characters.</summary>
    public static TextFeaturizingEstimator FeaturizeText(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string inputColumnName = null) =>
        new(catalog.GetEnvironment(), outputColumnName, [inputColumnName ?? outputColumnName], new());

    /// <summary>The same for the joint text of several columns, and as the options say.</summary>
    public static TextFeaturizingEstimator FeaturizeText(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        TextFeaturizingEstimator.Options options,
        params string[] inputColumnNames)
    {
        string[] inputs = inputColumnNames is { Length: > 0 } ? inputColumnNames : [outputColumnName];
        return new(catalog.GetEnvironment(), outputColumnName, inputs, options ?? new());
    }
}
