namespace Microsoft.ML.Transforms.Text;

/// <summary>Turns text into vectors of the weights of its n-grams of words.</summary>
public sealed class WordBagEstimator : IEstimator<ITransformer>
{
    private readonly IHost _host;
    private readonly string[] _inputs;
    private readonly NgramColumn _ngrams;
    private readonly (char Term, char Frequency)? _separators;

    /// <param name="environment">Where this works.</param>
    /// <param name="inputs">The columns of text.</param>
    /// <param name="ngrams">What n-grams to take, from the output column itself.</param>
    /// <param name="separators">What stands between terms and before a term's frequency, if text has these.</param>
    internal WordBagEstimator(
        IHostEnvironment environment, string[] inputs, NgramColumn ngrams, (char Term, char Frequency)? separators = null)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(WordBagEstimator));
        _host.CheckUserArg(inputs is { Length: > 0 }, "columns");
        _host.CheckValue(ngrams.OutputColumnName, "columns");
        (_inputs, _ngrams, _separators) = (inputs, ngrams, separators);
    }

    /// <summary>Collects the words and the n-grams.</summary>
    public ITransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return MakeStages().Fit(input);
    }

    /// <summary>The schema with a vector of n-gram weights.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return MakeStages().GetOutputSchema(inputSchema);
    }

    private EstimatorChain<NgramExtractingTransformer> MakeStages()
    {
        var output = _ngrams.OutputColumnName;
        _host.CheckUserArg(!string.IsNullOrWhiteSpace(output), "Name");
        _host.CheckUserArg(!_inputs.Any(string.IsNullOrWhiteSpace), "Source");

        var transforms = new TransformsCatalog(_host);
        var chain = new EstimatorChain<ITransformer>();
        if (_inputs.Length > 1)
            chain = chain.Append<ITransformer>(transforms.Concatenate(output, _inputs));
        var text = _inputs.Length > 1 ? output : _inputs[0];
        if (_separators is var (term, frequency))
            chain = chain.Append<ITransformer>(new TextExpandingEstimator(_host, text, term, frequency));
        var maximum = _ngrams.MaximumNgramsCounts.First(count => count > 0);
        return chain
            .Append(transforms.Text.TokenizeIntoWords(output, text))
            .Append(transforms.Conversion.MapValueToKey(output, maximumNumberOfKeys: maximum))
            .Append(new NgramExtractingEstimator(_host, _ngrams));
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
