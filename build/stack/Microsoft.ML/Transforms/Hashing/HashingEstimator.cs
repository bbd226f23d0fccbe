namespace Microsoft.ML.Transforms;

/// <summary>Turns values into keys by hashing them.</summary>
public sealed class HashingEstimator : IEstimator<HashingTransformer>
{
    internal const uint DefaultSeed = 314489979;
    internal const int DefaultBits = 31;
    internal const string Expected = "Expected Text, Key, numeric, Boolean or DataViewRowId item type";

    private readonly IHost _host;
    private readonly ColumnOptions[] _columns;

    internal HashingEstimator(IHostEnvironment environment, params ColumnOptions[] columns)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(HashingEstimator));
        _columns = _host.CheckNonEmpty(columns, nameof(columns));
        foreach (var column in columns)
        {
            if (column.Combine && column.MaximumNumberOfInverts != 0)
                throw _host.ExceptParam(nameof(column.Combine), "When the 'Combine' option is specified, invert hashes are not supported.");
            if (column.Combine && column.UseOrderedHashing)
                throw _host.ExceptParam(nameof(column.Combine), "When the 'Combine' option is specified, ordered hashing is not supported.");
            if (column.MaximumNumberOfInverts != 0)
                throw _host.ExceptNotSupp("Invert hashes need the Microsoft.ML package; this build has none.");
        }
    }

    /// <summary>Nothing is learnt; the columns are checked.</summary>
    public HashingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        var transformer = new HashingTransformer(_host, _columns);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    /// <summary>The schema with keys in place of values.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(column =>
        {
            var input = inputSchema.Input(_host, column.InputColumnName);
            if (!IsHashable(input.ItemType))
                throw _host.ExceptParam(nameof(inputSchema), Expected);
            var annotations = input.Annotations.Where(annotation => !column.Combine && annotation.Name == AnnotationKinds.SlotNames);
            return new SchemaShape.Column(column.Name, column.Combine ? SchemaShape.Column.VectorKind.Scalar : input.Kind,
                NumberDataViewType.UInt32, true, new SchemaShape(annotations));
        }));
    }

    internal static bool IsHashable(DataViewType itemType) =>
        itemType is TextDataViewType or KeyDataViewType or NumberDataViewType or BooleanDataViewType;

    /// <summary>How the values of one column are hashed.</summary>
    public sealed class ColumnOptions
    {
        /// <summary>Options of a column.</summary>
        public ColumnOptions(
            string name,
            string inputColumnName = null,
            int numberOfBits = DefaultBits,
            uint seed = DefaultSeed,
            bool useOrderedHashing = false,
            int maximumNumberOfInverts = 0,
            bool combine = false)
        {
            if (maximumNumberOfInverts < -1)
                throw Contracts.ExceptParam(nameof(maximumNumberOfInverts), "Value too small, must be -1 or larger");
            if (maximumNumberOfInverts != 0 && numberOfBits >= 31)
                throw Contracts.ExceptParam(nameof(numberOfBits),
                    $"Cannot support maximumNumberOfInverts for a {numberOfBits} bit hash. 30 is the maximum possible.");
            Contracts.CheckNonWhiteSpace(null, name, nameof(name));
            Name = name;
            InputColumnName = inputColumnName ?? name;
            NumberOfBits = numberOfBits;
            Seed = seed;
            UseOrderedHashing = useOrderedHashing;
            MaximumNumberOfInverts = maximumNumberOfInverts;
            Combine = combine;
        }

        /// <summary>The column of keys.</summary>
        public string Name { get; set; }

        /// <summary>The column of values.</summary>
        public string InputColumnName { get; set; }

        /// <summary>There are two to this power keys.</summary>
        public int NumberOfBits { get; set; }

        /// <summary>What each hash starts from.</summary>
        public uint Seed { get; set; }

        /// <summary>The position in a vector is part of the hash.</summary>
        public bool UseOrderedHashing { get; set; }

        /// <summary>How many values of each key its annotation names.</summary>
        public int MaximumNumberOfInverts { get; set; }

        /// <summary>A vector has one hash for all its items.</summary>
        public bool Combine { get; set; }
    }
}
