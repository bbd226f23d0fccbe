using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML;

/// <summary>The stages that work on text.</summary>
public static partial class TextCatalog
{
    /// <summary>Brings text to one case, with or without diacritics, punctuation and numbers.</summary>
    public static TextNormalizingEstimator NormalizeText(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        TextNormalizingEstimator.CaseMode caseMode = TextNormalizingEstimator.CaseMode.Lower,
        bool keepDiacritics = false,
        bool keepPunctuations = true,
        bool keepNumbers = true) =>
        new(catalog.GetEnvironment(), new TextNormalizer(caseMode, keepDiacritics, keepPunctuations, keepNumbers),
            (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Splits text into words at separators, which are spaces if not given.</summary>
    public static WordTokenizingEstimator TokenizeIntoWords(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string inputColumnName = null, char[] separators = null) =>
        new(catalog.GetEnvironment(), separators, (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Splits text into its characters, as keys, with marks at its start and end.</summary>
    public static TokenizingByCharactersEstimator TokenizeIntoCharactersAsKeys(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string inputColumnName = null, bool useMarkerCharacters = true) =>
        new(catalog.GetEnvironment(), useMarkerCharacters, (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Takes given words, in any case, out of vectors of words.</summary>
    public static CustomStopWordsRemovingEstimator RemoveStopWords(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string inputColumnName = null, params string[] stopwords) =>
        new(catalog.GetEnvironment(), stopwords, (outputColumnName, inputColumnName ?? outputColumnName));

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

    /// <summary>Turns text into vectors of the weights of its n-grams of words.</summary>
    public static WordBagEstimator ProduceWordBags(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximumNgramsCount = NgramColumn.DefaultMaximum,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        new(catalog.GetEnvironment(), [inputColumnName ?? outputColumnName],
            new NgramColumn(outputColumnName, null, ngramLength, skipLength, useAllLengths, weighting, maximumNgramsCount));

    /// <summary>Turns text that says how often its words occur into vectors of these numbers.</summary>
    public static WordBagEstimator ProduceWordBags(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        char termSeparator,
        char freqSeparator,
        string inputColumnName = null,
        int maximumNgramsCount = NgramColumn.DefaultMaximum) =>
        new(catalog.GetEnvironment(), [inputColumnName ?? outputColumnName],
            new NgramColumn(outputColumnName, null, 1, 0, true, NgramExtractingEstimator.WeightingCriteria.Tf, maximumNgramsCount),
            freqSeparator == default ? null : (termSeparator, freqSeparator));

    /// <summary>Turns texts together into vectors of the weights of their n-grams of words.</summary>
    public static WordBagEstimator ProduceWordBags(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string[] inputColumnNames,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        int maximumNgramsCount = NgramColumn.DefaultMaximum,
        NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
        new(catalog.GetEnvironment(), inputColumnNames,
            new NgramColumn(outputColumnName, null, ngramLength, skipLength, useAllLengths, weighting, maximumNgramsCount));
}
