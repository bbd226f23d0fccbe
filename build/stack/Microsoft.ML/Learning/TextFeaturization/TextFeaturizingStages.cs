using LpNorm = Microsoft.ML.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Fits the stages of featurizing text one by one, with columns between them that the last one drops.</summary>
internal sealed class TextFeaturizingStages
{
    private readonly IHost _host;
    private readonly TransformsCatalog _transforms;
    private readonly TextFeaturizingEstimator.Options _options;
    private readonly string _output;
    private readonly List<string> _temporaries = [];
    private TransformerChain<ITransformer> _chain = new();
    private IDataView _view;

    private TextFeaturizingStages(IHost host, TextFeaturizingEstimator.Options options, IDataView view, string output) =>
        (_host, _transforms, _options, _view, _output) = (host, new(host), options, view, output);

    public static ITransformer Fit(
        IHost host, TextFeaturizingEstimator.Options options, IDataView input, string output, string[] inputs)
    {
        var stages = new TextFeaturizingStages(host, options, input, output);
        var text = stages.Normalize(stages.Join(inputs));
        var words = stages.ExtractWords(text);
        var characters = stages.ExtractCharacters(text);
        stages.Concatenate(characters, words);
        stages.Add(stages._transforms.DropColumns([.. stages._temporaries]));
        return stages._chain;
    }

    private string Join(string[] inputs)
    {
        if (inputs is [var single])
            return single;
        var joined = Temporary(_output, "InitialConcat");
        Add(_transforms.Concatenate(joined, inputs));
        return joined;
    }

    private string Normalize(string text)
    {
        if (_options is { CaseMode: TextNormalizingEstimator.CaseMode.None, KeepDiacritics: true, KeepPunctuations: true, KeepNumbers: true })
            return text;
        var normalized = Temporary(text, "TextNormalizer");
        Add(_transforms.Text.NormalizeText(
            normalized, text, _options.CaseMode, _options.KeepDiacritics, _options.KeepPunctuations, _options.KeepNumbers));
        return normalized;
    }

    /// <summary>The column of word n-grams, or null.</summary>
    private string ExtractWords(string text)
    {
        var tokensColumn = _options.OutputTokensColumnName;
        if (_options.WordFeatureExtractor is null && string.IsNullOrEmpty(tokensColumn))
            return null;
        var words = Temporary(text, "WordTokenizer");
        Add(_transforms.Text.TokenizeIntoWords(words, text));
        if (!string.IsNullOrEmpty(tokensColumn))
            Add(_transforms.Concatenate(tokensColumn, words));
        if (_options.WordFeatureExtractor is not { } extractor)
            return null;
        var keys = Temporary(words, "WordKeys");
        var maximum = extractor.MaximumNgramsCount is [var count, ..] ? count : NgramColumn.DefaultMaximum;
        Add(_transforms.Conversion.MapValueToKey(keys, words, maximum));
        return ExtractNgrams(keys, extractor, "WordExtractor");
    }

    /// <summary>The column of character n-grams, or null.</summary>
    private string ExtractCharacters(string text)
    {
        if (_options.CharFeatureExtractor is not { } extractor)
            return null;
        var keys = Temporary(text, "CharTokenizer");
        Add(_transforms.Text.TokenizeIntoCharactersAsKeys(keys, text));
        return ExtractNgrams(keys, extractor, "CharExtractor");
    }

    private string ExtractNgrams(string keys, WordBagEstimator.Options extractor, string tag)
    {
        var ngrams = Temporary(_output, tag);
        Add(new NgramExtractingEstimator(_host, new NgramColumn(
            ngrams, keys, extractor.NgramLength, extractor.SkipLength, extractor.UseAllLengths, extractor.Weighting, extractor.MaximumNgramsCount)));
        return ngrams;
    }

    /// <summary>One vector of all n-grams, told apart where there are both of words and of characters.</summary>
    private void Concatenate(string characters, string words)
    {
        (string Column, string Alias)[] parts = (characters, words) switch
        {
            (null, null) => [],
            (null, _) => [(words, null)],
            (_, null) => [(characters, null)],
            _ => [(characters, "Char"), (words, "Word")],
        };
        if (parts.Length > 0)
            Add(new ColumnConcatenatingTransformer(_host, _output, Scale(parts)));
    }

    private (string Column, string Alias)[] Scale((string Column, string Alias)[] parts)
    {
        if (_options.Norm == TextFeaturizingEstimator.NormFunction.None)
            return parts;
        var norm = _options.Norm switch
        {
            TextFeaturizingEstimator.NormFunction.L1 => LpNorm.L1,
            TextFeaturizingEstimator.NormFunction.L2 => LpNorm.L2,
            _ => LpNorm.Infinity,
        };
        (string Column, string Alias)[] scaled = [.. parts.Select(part => (Temporary(part.Column, "LpNorm"), part.Alias))];
        Add(new LpNormNormalizingTransformer(_host, norm, ensureZeroMean: false,
            [.. scaled.Zip(parts, (output, input) => (output.Column, input.Column))]));
        return scaled;
    }

    private void Add<TTransformer>(IEstimator<TTransformer> estimator)
        where TTransformer : class, ITransformer => Add(estimator.Fit(_view));

    private void Add(ITransformer transformer)
    {
        _view = transformer.Transform(_view);
        _chain = _chain.Append(transformer);
    }

    private string Temporary(string source, string tag)
    {
        var name = $"{source}_{tag}";
        for (var i = 0; _view.Schema.GetColumnOrNull(name) is not null || _temporaries.Contains(name); i++)
            name = $"temp_{source}_{tag}_{i:000}";
        _temporaries.Add(name);
        return name;
    }
}
