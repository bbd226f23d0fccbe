namespace Microsoft.ML.Transforms.Text;

/// <summary>What n-grams to take from a column of keys.</summary>
internal sealed class NgramColumn
{
    public const int LargestSpan = 10;
    public const int DefaultMaximum = 10_000_000;

    /// <param name="outputColumnName">The column of n-gram weights.</param>
    /// <param name="inputColumnName">The column of keys; null for the same name.</param>
    /// <param name="ngramLength">The longest n-gram.</param>
    /// <param name="skipLength">How many terms an n-gram may leave out.</param>
    /// <param name="useAllLengths">Whether shorter n-grams count, too.</param>
    /// <param name="weighting">What the weight of an n-gram is.</param>
    /// <param name="maximumNgramsCounts">How many n-grams of each length are kept; the last holds for all longer ones.</param>
    public NgramColumn(
        string outputColumnName,
        string inputColumnName,
        int ngramLength,
        int skipLength,
        bool useAllLengths,
        NgramExtractingEstimator.WeightingCriteria weighting,
        params int[] maximumNgramsCounts)
    {
        if (ngramLength == 1 && skipLength != 0)
            throw Contracts.ExceptUserArg(null, nameof(skipLength),
                $"{nameof(skipLength)} (actual value: {skipLength}) can only be zero when {nameof(ngramLength)} set to one.");
        if (ngramLength + skipLength > LargestSpan)
            throw Contracts.ExceptUserArg(null, nameof(skipLength),
                $"The sum of skipLength and ngramLength must be less than or equal to {LargestSpan}");
        Contracts.CheckUserArg(null, ngramLength is > 0 and <= LargestSpan, nameof(ngramLength));

        int[] maximums = maximumNgramsCounts is { Length: > 0 } ? maximumNgramsCounts : [DefaultMaximum];
        Contracts.CheckUserArg(null, maximums.Length <= (useAllLengths ? ngramLength : 1), nameof(maximumNgramsCounts));
        Contracts.CheckUserArg(null, maximums.All(count => count >= 0) && maximums[^1] > 0, nameof(maximumNgramsCounts));
        MaximumNgramsCounts = useAllLengths
            ? [.. Enumerable.Range(0, ngramLength).Select(i => maximums[Math.Min(i, maximums.Length - 1)])]
            : [.. Enumerable.Repeat(0, ngramLength - 1), maximums[0]];

        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
        NgramLength = ngramLength;
        SkipLength = skipLength;
        Weighting = weighting;
    }

    public string OutputColumnName { get; }
    public string InputColumnName { get; }
    public int NgramLength { get; }
    public int SkipLength { get; }
    public NgramExtractingEstimator.WeightingCriteria Weighting { get; }

    /// <summary>How many n-grams of length 1, 2, … are kept.</summary>
    public int[] MaximumNgramsCounts { get; }

    public bool NeedsDocumentFrequencies => Weighting != NgramExtractingEstimator.WeightingCriteria.Tf;
}
