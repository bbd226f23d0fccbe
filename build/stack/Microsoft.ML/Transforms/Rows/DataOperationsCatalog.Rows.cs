using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    /// <summary>The rows from the first on, up to <paramref name="count"/>.</summary>
    public IDataView TakeRows(IDataView input, long count)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckUserArg(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeDataView(_env.Register(nameof(TakeRows)), input, 0, count);
    }

    /// <summary>The rows after the first <paramref name="count"/>.</summary>
    public IDataView SkipRows(IDataView input, long count)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckUserArg(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeDataView(_env.Register(nameof(SkipRows)), input, count, long.MaxValue);
    }

    /// <summary>The rows in random order, each drawn from a pool of the next <paramref name="shufflePoolSize"/>.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckUserArg(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        var host = _env.Register(nameof(ShuffleRows));
        return new ShuffledDataView(host, input, shufflePoolSize, shuffleSource, seed ?? NextSigned(host.Rand));
    }

    /// <summary>Rows drawn with replacement; with <paramref name="complement"/> those that were not drawn.</summary>
    public IDataView BootstrapSample(IDataView input, int? seed = null, bool complement = false)
    {
        _env.CheckValue(input, nameof(input));
        var host = _env.Register(nameof(BootstrapSample));
        return new BootstrapDataView(host, input, (uint)(seed ?? host.Rand.Next()), complement);
    }

    /// <summary>The rows whose real value is at least <paramref name="lowerBound"/> and less than <paramref name="upperBound"/>.</summary>
    public IDataView FilterRowsByColumn(
        IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckNonEmpty(columnName, nameof(columnName));
        _env.CheckParam(lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
            throw _env.ExceptSchemaMismatch(nameof(columnName), "filter", columnName, "number", column.Type.ToString());
        return FilterByRange(input, column, lowerBound, upperBound);
    }

    /// <summary>The rows whose key is in a part of all keys of its type, from 0 for the first to 1 for the last.</summary>
    public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckNonEmpty(columnName, nameof(columnName));
        _env.CheckParam(lowerBound is >= 0 and <= 1, nameof(lowerBound), "Must be in [0, 1]");
        _env.CheckParam(upperBound is >= 0 and <= 1, nameof(upperBound), "Must be in [0, 1]");
        _env.CheckParam(lowerBound <= upperBound, nameof(upperBound), "Must be no less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType)
            throw _env.ExceptSchemaMismatch(nameof(columnName), "filter", columnName, "KeyType", column.Type.ToString());
        return FilterByRange(input, column, lowerBound, upperBound);
    }

    /// <summary>The rows without a NaN or a missing key in any of the columns.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckUserArg(columns is { Length: > 0 }, nameof(columns));
        var host = _env.Register(nameof(FilterRowsByMissingValues));
        var tested = MissingValueTests.Columns(host, input.Schema, columns);
        return new FilteredDataView(host, input, tested, row =>
        {
            Func<bool>[] areMissing = [.. tested.Select(column => MissingValueTests.Make(row, column))];
            return () => !areMissing.Any(isMissing => isMissing());
        });
    }

    /// <summary>Splits the rows at random, about <paramref name="testFraction"/> of them into the test set.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        _env.CheckValue(data, nameof(data));
        _env.CheckParam(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var split = new RowSplit(_env, data, samplingKeyColumnName, seed);
        var test = new NumberRange(0, testFraction, IncludesUpper: false, IsComplement: false);
        return new(split.Select(test with { IsComplement = true }), split.Select(test));
    }

    /// <summary>Splits the rows at random into folds, each of which is the test set once.</summary>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        _env.CheckValue(data, nameof(data));
        _env.CheckParam(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var split = new RowSplit(_env, data, samplingKeyColumnName, seed);
        var folds = new TrainTestData[numberOfFolds];
        for (var fold = 0; fold < numberOfFolds; fold++)
        {
            var test = new NumberRange(
                (double)fold / numberOfFolds, (double)(fold + 1) / numberOfFolds, IncludesUpper: true, IsComplement: false);
            folds[fold] = new(split.Select(test with { IsComplement = true }), split.Select(test));
        }
        return folds;
    }

    /// <summary>All 32 bits that the generator draws.</summary>
    private static int NextSigned(Random random) => (int)(uint)(random.NextDouble() * (1L << 32));

    private FilteredDataView FilterByRange(IDataView input, DataViewSchema.Column column, double lower, double upper)
    {
        var host = _env.Register("RangeFilter");
        host.CheckUserArg(RowNumbers.IsRangeable(column.Type), "Column", $"Column '{column.Name}' does not have compatible type");
        var range = new NumberRange(lower, upper, IncludesUpper: false, IsComplement: false);
        return new FilteredDataView(host, input, [column], row =>
        {
            var number = RowNumbers.MakeReader(row, column);
            return () => range.Contains(number());
        });
    }

    /// <summary>Rows to train on and rows to test on.</summary>
    public readonly struct TrainTestData
    {
        /// <summary>The rows to train on.</summary>
        public readonly IDataView TrainSet;

        /// <summary>The rows to test on.</summary>
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
