using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

/// <summary>A transformer of somebody else's that changes nothing and remembers what was done to it.</summary>
internal sealed class PassThrough(bool isRowToRowMapper = true) : ITransformer, IDisposable
{
    public int Disposals { get; private set; }

    public int Transforms { get; private set; }

    public bool IsRowToRowMapper => isRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    public IDataView Transform(IDataView input)
    {
        Transforms++;
        return input;
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(inputSchema);

    public void Save(ModelSaveContext ctx)
    {
    }

    public void Dispose() => Disposals++;

    private sealed class Mapper(DataViewSchema schema) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => schema;

        public DataViewSchema OutputSchema => schema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => dependingColumns;

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => input;
    }
}

/// <summary>An estimator of a given transformer, which remembers the shape it was given.</summary>
internal sealed class PassThroughEstimator(PassThrough transformer) : IEstimator<PassThrough>
{
    public SchemaShape? Shape { get; private set; }

    public int Fits { get; private set; }

    public PassThrough Fit(IDataView input)
    {
        Fits++;
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;
}
