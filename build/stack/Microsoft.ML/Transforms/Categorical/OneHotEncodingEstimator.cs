namespace Microsoft.ML.Transforms;

/// <summary>Numbers the values of columns and turns the numbers into vectors with a 1 where the value is.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly IEstimator<ITransformer> _stages;

    internal OneHotEncodingEstimator(IHostEnvironment environment, OutputKind outputKind, IDataView keyData, params ValueToKeyColumn[] columns)
    {
        var host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(OneHotEncodingEstimator));
        var keys = new ValueToKeyMappingEstimator(host, keyData, columns);
        (string, string)[] vectors = [.. columns.Select(column => (column.OutputColumnName, column.OutputColumnName))];
        _stages = outputKind switch
        {
            OutputKind.Key => new EstimatorChain<ITransformer>().Append(keys),
            OutputKind.Indicator => keys.Append(new KeyToVectorMappingEstimator(host, countsKeys: false, vectors)),
            OutputKind.Bag => keys.Append(new KeyToVectorMappingEstimator(host, countsKeys: true, vectors)),
            OutputKind.Binary => throw host.ExceptNotSupp("Binary encoding needs the Microsoft.ML package; this build has none."),
            _ => throw host.ExceptUserArg(nameof(outputKind), null),
        };
    }

    /// <summary>What a value becomes.</summary>
    public enum OutputKind : byte
    {
        /// <summary>The sum of the indicator vectors of all slots.</summary>
        Bag = 1,

        /// <summary>An indicator vector for each slot.</summary>
        Indicator = 2,

        /// <summary>Its key.</summary>
        Key = 3,

        /// <summary>The bits of its key.</summary>
        Binary = 4,
    }

    /// <summary>Collects the values.</summary>
    public OneHotEncodingTransformer Fit(IDataView input) => new(_stages.Fit(input));

    /// <summary>The schema with vectors in place of values.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _stages.GetOutputSchema(inputSchema);
}
