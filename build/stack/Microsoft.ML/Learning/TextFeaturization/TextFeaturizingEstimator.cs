namespace Microsoft.ML.Transforms.Text;

/// <summary>Turns text into one vector of the weights of its n-grams of words and of characters.</summary>
public sealed partial class TextFeaturizingEstimator : IEstimator<ITransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly Options _options;

    internal TextFeaturizingEstimator(IHostEnvironment env, string name, string[] source, Options options)
    {
        _host = Contracts.CheckValue(env, nameof(env)).Register(nameof(TextFeaturizingEstimator));
        _host.CheckParam(!source.Any(string.IsNullOrWhiteSpace), nameof(source));
        _host.CheckNonEmpty(name, nameof(name));
        (_output, _inputs, _options) = (name, source, options);
    }

    public ITransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new TextFeaturizingTransformer(_host, TextFeaturizingStages.Fit(_host, _options, input, _output, _inputs));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        foreach (var input in _inputs)
            inputSchema.Input(_host, input, column => column.ItemType is TextDataViewType, "scalar or vector of String");

        var annotations = new List<SchemaShape.Column>
        {
            new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false),
        };
        if (_options.Norm != NormFunction.None)
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        var columns = new List<SchemaShape.Column>
        {
            new(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new(annotations)),
        };
        if (!string.IsNullOrEmpty(_options.OutputTokensColumnName))
        {
            columns.Add(new(_options.OutputTokensColumnName,
                SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, false));
        }

        return inputSchema.With(columns);
    }
}
