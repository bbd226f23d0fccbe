namespace Microsoft.ML.Transforms.Text;

/// <summary>Learns the n-grams of columns of keys and turns each row into a vector of their weights.</summary>
public sealed class NgramExtractingEstimator : IEstimator<NgramExtractingTransformer>
{
    internal const string Expected = "Expected vector of Key type, and Key is convertible to UInt32";

    private readonly IHost _host;
    private readonly NgramColumn[] _columns;

    internal NgramExtractingEstimator(IHostEnvironment environment, params NgramColumn[] columns)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(NgramExtractingEstimator));
        _columns = columns;
    }

    /// <summary>What the weight of an n-gram in a row is.</summary>
    public enum WeightingCriteria
    {
        /// <summary>How often it occurs.</summary>
        Tf = 0,

        /// <summary>The logarithm of all training rows over those that have it.</summary>
        Idf = 1,

        /// <summary>The product of both.</summary>
        TfIdf = 2,
    }

    /// <summary>Reads the data once and gives each n-gram found a slot.</summary>
    public NgramExtractingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        DataViewSchema.Column[] sources =
            [.. _columns.Select(column => input.Schema.Input(_host, column.InputColumnName, IsVectorOfKeys, Expected))];
        NgramLearner[] learners = [.. _columns.Select(column => new NgramLearner(column))];
        using (var cursor = input.GetRowCursor(sources))
        {
            ValueGetter<VBuffer<uint>>[] getters = [.. sources.Select(source => KeyGetters.GetUInt32s(cursor, source))];
            VBuffer<uint> keys = default;
            while (!learners.All(learner => learner.IsFull) && cursor.MoveNext())
            {
                for (var i = 0; i < learners.Length; i++)
                {
                    getters[i](ref keys);
                    learners[i].Learn(keys, sources[i].Type.GetItemType().GetKeyCount());
                }
            }
        }
        return new(_host, [.. _columns.Zip(learners, (column, learner) =>
            (column.OutputColumnName, column.InputColumnName, new NgramModel(column, learner)))]);
    }

    /// <summary>The schema with a vector of reals for each column, with slot names where the keys have text values.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(column =>
        {
            var source = inputSchema.Input(_host, column.InputColumnName, IsVectorOfKeys, Expected);
            return new SchemaShape.Column(column.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false,
                source.HasTextKeyValues() ? AnnotationShapes.SlotNames : null);
        }));
    }

    internal static bool IsVectorOfKeys(DataViewType type) => type is VectorDataViewType { ItemType: KeyDataViewType };

    private static bool IsVectorOfKeys(SchemaShape.Column column) =>
        column.Kind != SchemaShape.Column.VectorKind.Scalar && column.IsKey && column.ItemType.RawType != typeof(ulong);
}
