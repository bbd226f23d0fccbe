namespace Microsoft.ML.Transforms.Text;

/// <summary>Counting n-grams of words; here for the options that <see cref="TextFeaturizingEstimator"/> takes.</summary>
public sealed class WordBagEstimator
{
    private WordBagEstimator()
    {
    }

    /// <summary>What n-grams to take.</summary>
    public class Options
    {
        public int NgramLength = 2;

        /// <summary>How many terms an n-gram may leave out.</summary>
        public int SkipLength;

        /// <summary>Whether shorter n-grams count, too.</summary>
        public bool UseAllLengths = true;

        /// <summary>How many n-grams of each length are kept; the last holds for all longer ones.</summary>
        public int[] MaximumNgramsCount = [NgramColumn.DefaultMaximum];

        public NgramExtractingEstimator.WeightingCriteria Weighting;

        public Options()
        {
        }
    }
}
