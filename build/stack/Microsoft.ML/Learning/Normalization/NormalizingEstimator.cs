namespace Microsoft.ML.Transforms;

/// <summary>Learns how to scale columns of single or double precision numbers, each slot by itself.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHost _host;
    private readonly long _maximumExampleCount;
    private readonly INormalization _normalization;
    private readonly (string Output, string Input)[] _columns;

    internal NormalizingEstimator(
        IHostEnvironment env, long maximumExampleCount, INormalization normalization, params (string Output, string Input)[] columns)
    {
        _host = Contracts.CheckValue(env, nameof(env)).Register(nameof(NormalizingEstimator));
        foreach (var (output, input) in columns)
        {
            Contracts.CheckNonEmpty(output, "name");
            Contracts.CheckNonEmpty(input, "inputColumnName");
        }

        Contracts.CheckParam(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        (_maximumExampleCount, _normalization, _columns) = (maximumExampleCount, normalization, columns);
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        var sources = _columns.Select(pair => input.Schema.Input(_host, pair.Input, parameter: "data")).ToArray();
        using var cursor = input.GetRowCursor(sources);
        var learners = sources.Select(source => LearnerOf(source, cursor)).ToArray();
        for (long row = 0; row < _maximumExampleCount && cursor.MoveNext(); row++)
        {
            _host.CheckAlive();
            foreach (var learner in learners)
                learner.Add();
        }

        return new(_host, _columns, [.. learners.Select(learner => learner.Learn(_normalization))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair => Normalized(pair.Output, InputOf(inputSchema, pair.Input))));
    }

    private SchemaShape.Column InputOf(SchemaShape inputSchema, string name)
    {
        inputSchema.Input(_host, name, column => column.Kind != SchemaShape.Column.VectorKind.VariableVector, "known-size vector or scalar");
        return inputSchema.Input(_host, name, column => IsReal(column.ItemType), "vector or scalar of Single or Double");
    }

    private static SchemaShape.Column Normalized(string name, SchemaShape.Column input)
    {
        var isNormalized = new SchemaShape.Column(
            AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
        var slotNames = input.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames);
        return new(name, input.Kind, input.ItemType, input.IsKey, new([isNormalized, .. slotNames]));
    }

    private ColumnLearner LearnerOf(DataViewSchema.Column source, DataViewRow row) =>
        IsReal(source.Type.GetItemType()) && source.Type is not VectorDataViewType { IsKnownSize: false }
            ? source.Type.GetItemType() == NumberDataViewType.Single
                ? new ColumnLearner<float>(source, row)
                : new ColumnLearner<double>(source, row)
            : throw _host.ExceptParam("srcType",
                $"Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {source.Type}.");

    private static bool IsReal(DataViewType type) => type == NumberDataViewType.Single || type == NumberDataViewType.Double;
}
