namespace Microsoft.ML.Transforms;

/// <summary>Puts columns together into one vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(IHostEnvironment environment, string outputColumnName, params string[] inputColumnNames)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(ColumnConcatenatingEstimator));
        _host.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        _host.CheckValue(inputColumnNames, nameof(inputColumnNames));
        _host.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        _host.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _output = outputColumnName;
        _inputs = inputColumnNames;
    }

    /// <summary>Nothing is learnt.</summary>
    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new(_host, _output, [.. _inputs.Select(name => (name, (string)null))]);
    }

    /// <summary>The schema with a vector of all inputs.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var inputs = _inputs.Select(name => inputSchema.Input(_host, name)).ToArray();
        foreach (var input in inputs)
        {
            if (input.IsKey)
                throw _host.Except($"Column '{input.Name}' is key. Concatenation of keys is unsupported.");
            if (!input.ItemType.Equals(inputs[0].ItemType))
                throw _host.Except($"Concatenated columns should have the same type. Column '{input.Name}' has type of {input.ItemType}, " +
                    $"but expected column type is {inputs[0].ItemType}.");
        }
        var annotations = new List<SchemaShape.Column>();
        if (inputs.All(IsNormalized))
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        if (inputs.Any(HasCategories))
            annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, false));
        if (inputs.Any(input => input.Kind == SchemaShape.Column.VectorKind.Scalar || HasSlotNames(input)))
            annotations.Add(AnnotationShapes.Names(AnnotationKinds.SlotNames));
        var kind = inputs.Any(input => input.Kind == SchemaShape.Column.VectorKind.VariableVector)
            ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector;
        return inputSchema.With(new SchemaShape.Column(_output, kind, inputs[0].ItemType, false, new SchemaShape(annotations)));
    }

    private static bool IsNormalized(SchemaShape.Column column) =>
        column.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out var found)
        && found is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: BooleanDataViewType };

    private static bool HasCategories(SchemaShape.Column column) =>
        column.Annotations.TryFindColumn(AnnotationKinds.CategoricalSlotRanges, out var found)
        && found.Kind == SchemaShape.Column.VectorKind.Vector && found.ItemType == NumberDataViewType.Int32;

    private static bool HasSlotNames(SchemaShape.Column column) =>
        column.Kind == SchemaShape.Column.VectorKind.Vector && column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var found)
        && found is { Kind: SchemaShape.Column.VectorKind.Vector, ItemType: TextDataViewType };
}
