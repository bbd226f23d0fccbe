namespace Microsoft.ML.Transforms;

/// <summary>Gives each row a number from 0 to 1 to split by: a random one, or one that rows with the same key share.</summary>
internal sealed class RowSplit
{
    private const uint DefaultSeed = 42;
    private const int HashBits = 30;

    private readonly IHost _host;
    private readonly IDataView _data;
    private readonly DataViewSchema.Column[] _read = [];
    private readonly Func<DataViewRow, Func<double>> _makeNumber;

    public RowSplit(IHostEnvironment environment, IDataView data, string samplingKeyColumnName, int? seed)
    {
        _host = environment.Register(nameof(RowSplit));
        _data = data;
        seed ??= (environment as IHostEnvironmentInternal)?.Seed;
        if (samplingKeyColumnName is null)
        {
            _makeNumber = _ => MakeRandom((uint?)seed ?? DefaultSeed);
            return;
        }
        var column = data.Schema.Input(_host, samplingKeyColumnName, "SamplingKeyColumn", "samplingKeyColumn");
        _read = [column];
        _makeNumber = column.Type is KeyDataViewType ? row => RowNumbers.MakeReader(row, column)
            : RowNumbers.IsRangeable(column.Type) ? MakeScaler(column)
            : row => MakeHash(row, column, (uint?)seed);
    }

    /// <summary>The rows whose numbers are in a range.</summary>
    public IDataView Select(NumberRange range) => new FilteredDataView(_host, _data, _read, row =>
    {
        var number = _makeNumber(row);
        return () => range.Contains(number());
    }, keepsOrder: _read.Length == 0);

    private static Func<double> MakeRandom(uint seed)
    {
        var random = new TauswortheRandom(seed);
        return () => random.NextFloat();
    }

    private static Func<double> MakeHash(DataViewRow row, DataViewSchema.Column column, uint? seed)
    {
        var hash = HashGetters.MakeCombined(row, column, seed ?? HashingEstimator.DefaultSeed, HashBits);
        return () => RowNumbers.Place(hash() - 1L, 1UL << HashBits);
    }

    /// <summary>Values from the smallest to the largest become numbers from 0 to 1, in the precision of the column.</summary>
    private Func<DataViewRow, Func<double>> MakeScaler(DataViewSchema.Column column)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        using (var cursor = _data.GetRowCursor([column]))
        {
            var read = RowNumbers.MakeReader(cursor, column);
            while (cursor.MoveNext())
            {
                var value = read();
                if (!double.IsNaN(value))
                    (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
            }
        }
        var isSingle = column.Type == NumberDataViewType.Single;
        var scale = largest > smallest ? 1 / (largest - smallest) : 0;
        return row =>
        {
            var read = RowNumbers.MakeReader(row, column);
            return () => isSingle ? (float)(read() - smallest) * (float)scale : (read() - smallest) * scale;
        };
    }
}
