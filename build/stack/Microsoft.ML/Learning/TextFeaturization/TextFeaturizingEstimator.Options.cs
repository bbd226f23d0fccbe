namespace Microsoft.ML.Transforms.Text;

public sealed partial class TextFeaturizingEstimator
{
    /// <summary>The norm that word n-grams and character n-grams are scaled to, each by themselves.</summary>
    public enum NormFunction
    {
        None,
        L1,
        L2,
        Infinity,
    }

    /// <summary>How text is brought to a normal form, and what n-grams are taken of it.</summary>
    public sealed class Options : TransformInputBase
    {
        public TextNormalizingEstimator.CaseMode CaseMode = TextNormalizingEstimator.CaseMode.Lower;

        public bool KeepDiacritics;

        public bool KeepPunctuations = true;

        public bool KeepNumbers = true;

        /// <summary>A column for the words, or null.</summary>
        public string OutputTokensColumnName;

        public NormFunction Norm = NormFunction.L2;

        public Options()
        {
        }

        /// <summary>The n-grams of words to take; null for none.</summary>
        public WordBagEstimator.Options WordFeatureExtractor { get; set; } = new();

        /// <summary>The n-grams of characters to take; null for none.</summary>
        public WordBagEstimator.Options CharFeatureExtractor { get; set; } = new() { NgramLength = 3, UseAllLengths = false };
    }
}
